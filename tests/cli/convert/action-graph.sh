detente convert @sealed-bids --to nfg
detente convert @entry-costs --to bagg
detente convert @entry-costs --to agg
