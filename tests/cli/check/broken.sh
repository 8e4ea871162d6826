printf "detente: 1\ntitle: x\nplayer: {P: {}}\nstart: nowhere\n" > broken.yaml; detente check broken.yaml; echo $?; ls
