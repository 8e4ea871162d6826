detente completion bash | bash -n && detente completion zsh | head -1; detente completion csh
