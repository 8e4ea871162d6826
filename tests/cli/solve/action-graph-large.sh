detente solve @volunteer-10 --method logit
detente solve @el-farol-100 --method pure --format csv | head -3
detente solve @el-farol-100 --method lp
detente solve @el-farol-100 --method support
