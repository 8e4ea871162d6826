/* Sentences about the stability of states. */
#ifndef DTN_REPORT_STABILITY_WORDS_H
#define DTN_REPORT_STABILITY_WORDS_H

#include "analyse/stability.h"
#include "report/doc.h"
#include "stability/concept.h"

/* Pieces to be printed with %s, as dtn_doc_name. */
/* A conflict's player, in its colour where the document knows it. */
const char *dtn_holds_player(dtn_doc *doc, const dtn_conflict *c, int player);
/* The state's text as code, and what stands in it: "de-escalate, engage in talks". */
const char *dtn_holds_state(dtn_doc *doc, const dtn_conflict *c, size_t state);
const char *dtn_holds_options(dtn_doc *doc, const dtn_conflict *c, size_t state);
/* "taking M and dropping D" */
const char *dtn_holds_change(dtn_doc *doc, const dtn_conflict *c, size_t from, size_t to);
/* "P drops M (.....), then Q takes E (..E..)"; improvements one after the other. */
const char *dtn_holds_path(dtn_doc *doc, const dtn_conflict *c, const dtn_conflict_move *path, int steps);
/* Why the state is as stable for the player as it is: one or more sentences. */
const char *dtn_holds_reason(dtn_doc *doc, const dtn_conflict *c, const dtn_stability_reason *reason);
/* The same from a witness. strongest: a concept under which the state is stable for the player, -1: none, told where the
 * witness says that it is not; most: at most so many improvements are gone through. */
const char *dtn_holds_witness(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w, int strongest,
                              int most);
/* "P [gain] by taking M, but Q [answering] by ..., [deterring] P"; "P leaves: by ... it reaches ...,
 * [preferred]"; "P stays: none of its moves leads to a state [wanted]". */
typedef struct dtn_family_words {
    const char *gain, *wanted, *preferred, *deterring, *answering;
} dtn_family_words;
dtn_family_words dtn_words_of_family(const dtn_concept *concept);
/* For concepts of foresight, and of coalitions (stability_words_play.c). */
const char *dtn_holds_foresight(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w);
const char *dtn_holds_together(dtn_doc *doc, const dtn_conflict *c, const dtn_witness *w, int most);
/* "P and Q" of a set of players. */
const char *dtn_holds_players(dtn_doc *doc, const dtn_conflict *c, uint32_t members);

#endif
