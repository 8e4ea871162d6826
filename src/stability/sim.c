/* SIM, simultaneous stability: every improvement can be met by improvements that others make at the same time, from the
 * same state, such that the joint result leaves the player no better off. Others without improvements, or whose joint
 * result is infeasible, do not sanction; any part of the others may be the ones who move. From a merged state all start
 * from the same one of its members, whichever.
 * Method: by the definition, all combinations of the others' improvements. Cost: states x the product of improvements.
 * Exact. Source: Fraser & Hipel 1984, ch. 2 (simultaneous sanctioning). */
#include "stability/concept.h"
#include "stability/joint.h"

bool dtn_joint_sanction(const dtn_conflict *c, const uint32_t *const *rank, int focal, size_t s, size_t a,
                        size_t *joint, size_t *chosen)
{
    if (c->state_of)
        return dtn_joint_sanction_merged(c, rank, focal, s, a, joint, chosen);
    dtn_move_iter at[DTN_CONFLICT_MAX_PLAYERS];
    uint64_t own[DTN_CONFLICT_MAX_PLAYERS];
    uint64_t from = dtn_conflict_pattern(c, s), pattern = from;
    own[focal] = dtn_conflict_pattern(c, a) ^ from;
    pattern ^= own[focal];
    for (int j = 0; j < c->players; j++) {
        chosen[j] = SIZE_MAX;
        at[j] = dtn_conflict_moves_from(c, j, s);
    }
    /* Counts through the combinations: the first player whose next improvement exists takes it, those before it start
     * over. pattern is the joint result of the present one. */
    for (;;) {
        int j = 0;
        for (; j < c->players; j++) {
            if (j == focal)
                continue;
            if (chosen[j] != SIZE_MAX)
                pattern ^= own[j];
            chosen[j] = SIZE_MAX;
            for (size_t t; chosen[j] == SIZE_MAX && dtn_move_next(&at[j], &t);)
                if (rank[j][t] > rank[j][s])
                    chosen[j] = t;
            if (chosen[j] != SIZE_MAX)
                break;
            at[j] = dtn_conflict_moves_from(c, j, s);
        }
        if (j == c->players)
            return false;
        own[j] = dtn_conflict_pattern(c, chosen[j]) ^ from;
        pattern ^= own[j];
        *joint = dtn_conflict_state_at(c, pattern);
        if (*joint != SIZE_MAX && rank[focal][*joint] <= rank[focal][s])
            return true;
    }
}

/* Joint results are defined where a move changes the mover's own options only. */
static const char *missing(const dtn_conflict *c)
{
    size_t t;
    if (!c->options)
        return "simultaneous moves need options, not states alone";
    if (c->state_of)
        return c->edited ? "the joint result of simultaneous moves is not defined for merged states with "
                           "transitions"
                         : NULL;
    for (int i = 0; i < c->players && !c->option_form; i++)
        for (size_t s = 0; s < c->states; s++)
            for (dtn_move_iter m = dtn_conflict_moves_from(c, i, s); dtn_move_next(&m, &t);)
                if ((dtn_conflict_pattern(c, s) ^ dtn_conflict_pattern(c, t)) & ~c->player[i].options)
                    return "a transition changes options of other players than the mover";
    return NULL;
}

static dtn_status run(dtn_ctx *ctx, uint64_t *stable, const dtn_focus *f)
{
    const dtn_conflict *c = f->engine->conflict;
    const uint32_t *rank[DTN_CONFLICT_MAX_PLAYERS];
    size_t joint, chosen[DTN_CONFLICT_MAX_PLAYERS], t;
    for (int j = 0; j < c->players; j++)
        rank[j] = c->player[j].variant[f->variant[j]].rank;
    for (size_t s = 0; s < c->states; s++) {
        bool holds = true;
        for (dtn_move_iter m = dtn_conflict_moves_from(c, f->player, s); holds && dtn_move_next(&m, &t);) {
            if (rank[f->player][t] <= rank[f->player][s])
                continue;
            DTN_TRY(dtn_ctx_poll(ctx));
            holds = dtn_joint_sanction(c, rank, f->player, s, t, &joint, chosen);
        }
        stable[s / 64] |= (uint64_t)holds << (s % 64);
    }
    return DTN_OK;
}

extern const dtn_concept dtn_concept_sim;
const dtn_concept dtn_concept_sim = {
    .name = "SIM",
    .title = "simultaneous stability",
    .about = "each improvement can be met by improvements that others make at the same time from the same "
             "state, with a "
             "joint result that is feasible and no better for the player",
    .source = "Fraser & Hipel 1984",
    .sanctions = true,
    .credible = true,
    .joint = true,
    .most_states = 4096,
    .missing = missing,
    .run = run,
};
