/* Simultaneous answers where states are merged.
 * Method: all who move start from the same pattern, any one of the state's members; each changes options of its own, and what
 *         stands is the pattern with all these changes. Whether a move pays is judged by the states that the patterns belong
 *         to. All members and combinations are gone through. Cost: members x the product of the players' changes. Exact. */
#include "stability/joint.h"

typedef struct question {
    const dtn_conflict *conflict;
    const uint32_t *const *rank;
    int focal;
    size_t state;
    uint64_t member; /* the pattern that all start from */
    size_t *joint, *chosen;
} question;

static bool allowed(const dtn_conflict_player *p, uint64_t from, uint64_t change)
{
    return !(change & p->forward & from) && !(change & p->backward & ~from);
}

/* Whether players from j on can add to the pattern so far what makes it a sanction; anyone: somebody moves already. */
static bool sanction(const question *q, int j, uint64_t pattern, bool anyone)
{
    const dtn_conflict *c = q->conflict;
    if (j == c->players) {
        *q->joint = anyone ? dtn_conflict_state_at(c, pattern) : SIZE_MAX;
        return *q->joint != SIZE_MAX && q->rank[q->focal][*q->joint] <= q->rank[q->focal][q->state];
    }
    q->chosen[j] = SIZE_MAX;
    if (sanction(q, j + 1, pattern, anyone))
        return true;
    if (j == q->focal)
        return false;
    const dtn_conflict_player *p = &c->player[j];
    for (uint64_t change = p->options; change; change = (change - 1) & p->options) {
        if (!allowed(p, q->member, change))
            continue;
        size_t end = dtn_conflict_state_at(c, q->member ^ change);
        if (end == SIZE_MAX || q->rank[j][end] <= q->rank[j][q->state])
            continue;
        q->chosen[j] = end;
        if (sanction(q, j + 1, pattern ^ change, true))
            return true;
    }
    q->chosen[j] = SIZE_MAX;
    return false;
}

bool dtn_joint_sanction_merged(const dtn_conflict *c, const uint32_t *const *rank, int focal, size_t s,
                               size_t a, size_t *joint, size_t *chosen)
{
    const dtn_conflict_player *p = &c->player[focal];
    question q = {.conflict = c, .rank = rank, .focal = focal, .state = s};
    q.joint = joint;
    q.chosen = chosen;
    for (size_t x = 0; x < c->cells; x++) {
        if (c->state_of[x] != s)
            continue;
        q.member = dtn_cell_pattern(c, x);
        for (uint64_t change = p->options; change; change = (change - 1) & p->options)
            if (allowed(p, q.member, change) && dtn_conflict_state_at(c, q.member ^ change) == a &&
                sanction(&q, 0, q.member ^ change, false))
                return true;
    }
    return false;
}
