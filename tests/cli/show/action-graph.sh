detente show "$EXAMPLES/games/el-farol-100.agg" | head -20
