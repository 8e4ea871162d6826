/* Published graph-model cases: moves, rankings, stable states and equilibria. States are written by their published
 * numbers. Checked by brute force over legal sequences from the definitions; agree with what was published, except where
 * a source counts another concept in (said in the case). */
#ifndef DTN_TESTS_CASES_H
#define DTN_TESTS_CASES_H

typedef struct published {
    const char *name, *source;
    int players, options;
    const char *player[3];
    const char *owner;     /* [options] digit of the player */
    const char *direction; /* [options] b both, f forward only, r backward only */
    const char *infeasible[2], *merge, *require[2];
    int edit_player;
    const char *removed;      /* transition that the player lacks, NULL: none */
    const char *state;        /* "id pattern ..." */
    const char *moves[3];     /* "from:to,to ..." */
    const char *ranking[3];   /* ids, best first, no ties */
    const char *stable[5][3]; /* R GMR SMR SEQ SSEQ, by player */
    const char *equilibria[5];
} published;

static const published cases[] = {
    {
        .name = "chicken",
        .source = "standard ordinal 2x2 game (Rapoport & Guyer)",
        .players = 2,
        .options = 2,
        .player = {"Row", "Col"},
        .owner = "01",
        .direction = "bb",
        .state = "1 NN 2 YN 3 NY 4 YY",
        .moves = {"1:2 2:1 3:4 4:3", "1:3 2:4 3:1 4:2"},
        .ranking = {"2 1 3 4", "3 1 2 4"},
        .stable = {{"2 3", "2 3"}, {"1 2 3", "1 2 3"}, {"1 2 3", "1 2 3"}, {"2 3", "2 3"}, {"2 3", "2 3"}},
        .equilibria = {"2 3", "1 2 3", "1 2 3", "2 3", "2 3"},
    },
    {
        .name = "cuban_missile_gmcrpy",
        .source = "gmcr-py, Examples/Cuban.gmcr (air strike irreversible)",
        .players = 2,
        .options = 4,
        .player = {"US", "USSR"},
        .owner = "0011",
        .direction = "fbbb",
        .infeasible = {"--YY"},
        .state = "1 NNNN 2 YNNN 3 NYNN 4 YYNN 5 NNYN 6 YNYN 7 NYYN 8 YYYN 9 NNNY 10 YNNY 11 NYNY 12 YYNY",
        .moves = {"1:2,3,4 2:4 3:1,2,4 4:2 5:6,7,8 6:8 7:5,6,8 8:6 9:10,11,12 10:12 11:9,10,12 12:10",
                  "1:5,9 2:6,10 3:7,11 4:8,12 5:1,9 6:2,10 7:3,11 8:4,12 9:1,5 10:2,6 11:3,7 12:4,8"},
        .ranking = {"5 7 6 8 3 2 4 1 12 10 11 9", "1 5 7 3 6 2 8 4 12 10 11 9"},
        .stable = {{"2 3 5 6 12", "1 6 7 8"},
                   {"1 2 3 4 5 6 7 8 12", "1 2 3 5 6 7 8"},
                   {"1 2 3 4 5 6 7 8 12", "1 2 3 5 6 7 8"},
                   {"2 3 5 6 7 12", "1 5 6 7 8"},
                   {"2 3 5 6 7 12", "1 5 6 7 8"}},
        .equilibria = {"6", "1 2 3 5 6 7 8", "1 2 3 5 6 7 8", "5 6 7", "5 6 7"},
    },
    {
        .name = "elmira_9state",
        .source = "Hipel, Fang & Kilgour; payoffs as in Xu 2007",
        .players = 3,
        .options = 5,
        .player = {"MoE", "Uniroyal", "Local Government"},
        .owner = "01112",
        .direction = "frffb",
        .merge = "---Y-",
        .require = {"D | A | B", "!(D & A) | B"},
        .state = "1 NYNNN 2 YYNNN 3 NNYNN 4 YNYNN 5 NYNNY 6 YYNNY 7 NNYNY 8 YNYNY 9 ---Y-",
        .moves = {"1:2 2: 3:4 4: 5:6 6: 7:8 8: 9:", "1:3,9 2:4,9 3:9 4:9 5:7,9 6:8,9 7:9 8:9 9:",
                  "1:5 2:6 3:7 4:8 5:1 6:2 7:3 8:4 9:"},
        .ranking = {"7 3 4 8 5 1 2 6 9", "1 4 8 5 9 3 7 2 6", "7 3 5 1 8 6 4 2 9"},
        .stable = {{"1 2 3 4 5 6 7 8 9", "1 4 5 8 9", "5 6 7 8 9"},
                   {"1 2 3 4 5 6 7 8 9", "1 4 5 8 9", "1 2 3 4 5 6 7 8 9"},
                   {"1 2 3 4 5 6 7 8 9", "1 4 5 8 9", "1 2 3 4 5 6 7 8 9"},
                   {"1 2 3 4 5 6 7 8 9", "1 4 5 8 9", "2 3 5 6 7 8 9"},
                   {"1 2 3 4 5 6 7 8 9", "1 4 5 8 9", "2 3 5 6 7 8 9"}},
        .equilibria = {"5 8 9", "1 4 5 8 9", "1 4 5 8 9", "5 8 9", "5 8 9"},
    },
    {
        .name = "north_korea_2017_base",
        .source = "Z. Jacobi, socratic-form-microscopy.com, November 2017",
        .players = 2,
        .options = 4,
        .player = {"US", "NK"},
        .owner = "0011",
        .direction = "fbbb",
        .infeasible = {"YY--"},
        .state = "0 NNNN 1 YNNN 2 NYNN 4 NNYN 5 YNYN 6 NYYN 8 NNNY 9 YNNY 10 NYNY 12 NNYY 13 YNYY 14 NYYY",
        .moves = {"0:1,2 1: 2:0,1 4:5,6 5: 6:4,5 8:9,10 9: 10:8,9 12:13,14 13: 14:12,13",
                  "0:4,8,12 1:5,9,13 2:6,10,14 4:0,8,12 5:1,9,13 6:2,10,14 8:0,4,12 9:1,5,13 10:2,6,14 "
                  "12:0,4,8 13:1,5,9 14:2,6,10"},
        .ranking = {"8 0 9 10 12 5 4 13 14 1 2 6", "6 14 2 10 0 4 12 5 1 13 8 9"},
        .stable = {{"0 1 5 8 9 12 13", "0 5 6"},
                   {"0 1 4 5 8 9 10 12 13", "0 2 4 5 6 10 12 14"},
                   {"0 1 4 5 8 9 10 12 13", "0 2 4 5 6 10 12 14"},
                   {"0 1 5 8 9 10 12 13", "0 2 5 6 10 14"},
                   {"0 1 5 8 9 10 12 13", "0 2 5 6 10 14"}},
        .equilibria = {"0 5", "0 4 5 10 12", "0 4 5 10 12", "0 5 10", "0 5 10"},
    },
    {
        .name = "north_korea_2017_irreversible_invasion",
        .source = "Z. Jacobi, socratic-form-microscopy.com, November 2017; a transition pattern, so moves "
                  "are intransitive",
        .players = 2,
        .options = 4,
        .player = {"US", "NK"},
        .owner = "0011",
        .direction = "fbbb",
        .infeasible = {"YY--"},
        .edit_player = 1,
        .removed = "--YN -> --N-",
        .state = "0 NNNN 1 YNNN 2 NYNN 4 NNYN 5 YNYN 6 NYYN 8 NNNY 9 YNNY 10 NYNY 12 NNYY 13 YNYY 14 NYYY",
        .moves = {"0:1,2 1: 2:0,1 4:5,6 5: 6:4,5 8:9,10 9: 10:8,9 12:13,14 13: 14:12,13",
                  "0:4,8,12 1:5,9,13 2:6,10,14 4:12 5:13 6:14 8:0,4,12 9:1,5,13 10:2,6,14 12:0,4,8 13:1,5,9 "
                  "14:2,6,10"},
        .ranking = {"8 0 9 10 12 5 4 13 14 1 2 6", "6 14 2 10 0 4 12 5 1 13 8 9"},
        .stable = {{"0 1 5 8 9 12 13", "0 4 5 6"},
                   {"0 1 4 5 8 9 10 12 13", "0 2 4 5 6 10 12 14"},
                   {"0 1 4 5 8 9 10 12 13", "0 2 4 5 6 10 12 14"},
                   {"0 1 5 8 9 10 12 13", "0 2 4 5 6 10 14"},
                   {"0 1 5 8 9 10 12 13", "0 2 4 5 6 10 14"}},
        .equilibria = {"0 5", "0 4 5 10 12", "0 4 5 10 12", "0 5 10", "0 5 10"},
    },
    {
        .name = "prisoners_dilemma",
        .source = "gmcr-py, Examples/Prisoners.gmcr",
        .players = 2,
        .options = 2,
        .player = {"Prisoner One", "prisoner 2"},
        .owner = "01",
        .direction = "bb",
        .state = "1 NN 2 YN 3 NY 4 YY",
        .moves = {"1:2 2:1 3:4 4:3", "1:3 2:4 3:1 4:2"},
        .ranking = {"3 4 1 2", "2 4 1 3"},
        .stable =
            {{"1 3", "1 2"}, {"1 3 4", "1 2 4"}, {"1 3 4", "1 2 4"}, {"1 3 4", "1 2 4"}, {"1 3 4", "1 2 4"}},
        .equilibria = {"1", "1 4", "1 4", "1 4", "1 4"},
    },
};

#endif
