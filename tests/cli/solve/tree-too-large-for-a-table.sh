detente solve "@leduc?suits=merged" --method lemke-howson
