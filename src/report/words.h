/* Words that several reports share: who, where, which position, which rung. */
#ifndef DTN_REPORT_WORDS_H
#define DTN_REPORT_WORDS_H

#include "analyse/bind.h"
#include "model/assessment.h"
#include "model/scenario.h"
#include "report/doc.h"

/* "Q (soft)", "Q" in Q's colour; type -1: without. */
const char *dtn_words_player(dtn_doc *doc, const dtn_tree *tree, int player, int type);
const char *dtn_words_mover(dtn_doc *doc, const dtn_tree *tree, int infoset);
/* "answer" (the move's key), or the information set's name where moves have none. No markup. */
const char *dtn_words_move(dtn_doc *doc, const dtn_tree *tree, int infoset);
/* What tells a node from the others of its information set: "P is hard", "P is soft, after wait". "the only position". */
const char *dtn_words_position(dtn_doc *doc, const dtn_tree *tree, int node);
/* "reject", "engage with probability 2/3 and reject with probability 1/3" at an information set. */
const char *dtn_words_choice(dtn_doc *doc, const dtn_tree *tree, const fmpq *sigma, int infoset);
/* A rung as a term of the glossary, with its meaning in plain words: "survives D1". */
const char *dtn_words_rung(dtn_doc *doc, dtn_rung rung);
/* "sequential equilibrium", "equilibrium that survives D1": the noun. */
const char *dtn_words_rung_noun(dtn_doc *doc, dtn_rung rung, bool plural);
/* Name and key of a class of equilibria: "E2: a soft Q engages, a hard Q rejects"; "" for -1 or without scenario. */
const char *dtn_words_class(dtn_doc *doc, const dtn_scenario *scenario, int class_index);
/* An outcome's or a group's name. */
const char *dtn_words_outcome(const dtn_tree *tree, int outcome);
/* Whose incentive switches at an end of an interval of values: "Q (hard) between reject and engage at answer". */
const char *dtn_words_switch(dtn_doc *doc, const dtn_tree *tree, const dtn_bind_end *end);
/* "P (soft) prefers alternative to drop at reaction". */
const char *dtn_words_preference(dtn_doc *doc, const dtn_tree *tree, const dtn_binding *b);
/* Items of a target, joined by "or": names of outcomes and groups, actions as written. */
const char *dtn_words_target(dtn_doc *doc, const dtn_scenario *scenario, const char *const *item, int items);
/* Line breaks and runs of blanks as single blanks. */
const char *dtn_words_one_line(dtn_doc *doc, const char *text);
/* A word of a command line: in single quotes where a shell would read it otherwise. */
const char *dtn_words_argument(dtn_doc *doc, const char *text);
/* Words in the quiet tone, within a sentence. */
const char *dtn_words_quiet(dtn_doc *doc, const char *text);
/* Lines of the legend: key and name of each player that has both. */
void dtn_words_legend(dtn_doc *doc);
/* The parameters that stand off their reference values, as one field; nothing when all are at theirs. */
void dtn_words_point(dtn_doc *doc, const dtn_scenario *scenario, const dtn_point *point);

#endif
