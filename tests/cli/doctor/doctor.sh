detente doctor | sed 's/^vector kernels: \(.* \)*plain$/vector kernels: those of this processor, plain/'
