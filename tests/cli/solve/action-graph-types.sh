detente solve @entry-costs
