detente convert @selten-horse -o horse.dot; cat horse.dot
detente convert @entry-normal --to dot | head -5
