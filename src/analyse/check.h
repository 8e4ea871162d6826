/* Result of `check`: what the file holds, and how its expectations fared. */
#ifndef DTN_ANALYSE_CHECK_H
#define DTN_ANALYSE_CHECK_H

#include "analyse/analysis.h"
#include "analyse/survey.h"

/* One thing that was asked, and what came out. */
typedef struct dtn_expect_row {
    int entry;            /* into scenario->expect */
    dtn_place place;      /* of the entry, or of the line within it */
    const char *at;       /* "pi = 1/10, a = 1/5"; "" at the reference point */
    const char *asked;    /* "solve d1: every: outcome clash" */
    const char *expected; /* "1/4" */
    const char *found;    /* "1/3"; what went wrong when nothing was found */
    bool pass;
} dtn_expect_row;

typedef struct dtn_check_answer {
    const dtn_scenario *scenario; /* NULL: a bare game */
    /* The protocol's tree at the reference point; 0 without one. */
    long nodes, terminals, infosets, draws;
    bool perfect_recall;
    const dtn_survey *game;    /* a file that is nothing but a game: what it is; NULL otherwise */
    const dtn_expect_row *row; /* [rows]; 0 rows when there are no expectations or --no-expect was given */
    int rows, entries, failed; /* failed: entries with a row that does not pass */
    bool ran;                  /* expectations were run */
} dtn_check_answer;

/* Runs every expectation of the scenario. A row a statement; rows live in arena. */
dtn_status dtn_expect_run(dtn_ctx *ctx, dtn_arena *arena, const dtn_expect_row **rows, int *count,
                          const dtn_job *job);

#endif
