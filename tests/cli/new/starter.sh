detente new crisis.yaml && detente check crisis.yaml && detente new crisis.yaml; echo $?
