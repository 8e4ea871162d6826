/* Breadth-first search along legal sequences of moves.
 * Method: after an arrival by j everyone but j may go on; a second arrival by another player lets j go on as well, further
 *         ones add nothing. In option form a player's moves (and improvements by rank) are transitive, so that one arrival is enough.
 * Cost: linear in the moves. */
#include "stability/search.h"

#include <string.h>

enum { DONE = 255 };

dtn_status dtn_search_new(dtn_ctx *ctx, dtn_arena *arena, dtn_search *search, const dtn_conflict *conflict)
{
    *search = (dtn_search){.conflict = conflict};
    DTN_ALLOC(ctx, arena, search->seen, conflict->states);
    DTN_ALLOC(ctx, arena, search->arrival, 2 * conflict->states + 1);
    return DTN_OK;
}

void dtn_search_start(dtn_search *search, size_t state, uint32_t movers, const uint32_t *const *rank)
{
    memset(search->seen, 0, search->conflict->states);
    search->movers = movers;
    search->rank = rank;
    search->answers = NULL;
    search->may_return = false;
    search->arrival[0] = (dtn_arrival){(uint32_t)state, 0, movers, -1};
    search->arrivals = 1;
    search->at = 0;
    search->player = 0;
    search->moving = false;
    search->seen[state] = DONE;
}

void dtn_search_by_rule(dtn_search *search, const dtn_view *view, dtn_question_fn *answers)
{
    search->view = view;
    search->answers = answers;
}

void dtn_search_may_return(dtn_search *search)
{
    search->seen[search->arrival[0].state] = 0;
    search->may_return = true;
}

/* Notes an arrival; true when it is the state's first. */
static bool arrive(dtn_search *p, size_t state)
{
    unsigned char seen = p->seen[state];
    if (seen == DONE || seen == p->player + 1)
        return false;
    uint32_t next = p->movers & ~((uint32_t)1 << p->player);
    if (seen)
        next = (uint32_t)1 << (seen - 1);
    p->seen[state] = seen || (p->conflict->option_form && !p->answers && !p->may_return)
                         ? DONE
                         : (unsigned char)(p->player + 1);
    p->arrival[p->arrivals++] = (dtn_arrival){(uint32_t)state, (uint32_t)p->at, next, p->player};
    return !seen;
}

bool dtn_search_next(dtn_search *p, size_t *arrival)
{
    for (; p->at < p->arrivals; p->at++, p->player = 0)
        for (; p->player < p->conflict->players && p->arrival[p->at].next >> p->player;
             p->player++, p->moving = false) {
            if (!(p->arrival[p->at].next >> p->player & 1))
                continue;
            uint32_t from = p->arrival[p->at].state;
            if (!p->moving)
                p->move = dtn_conflict_moves_from(p->conflict, p->player, from);
            p->moving = true;
            const uint32_t *rank = p->rank ? p->rank[p->player] : NULL;
            for (size_t t; dtn_move_next(&p->move, &t);)
                if ((!rank || rank[t] > rank[from]) &&
                    (!p->answers || p->answers(p->view, p->player, from, t)) && arrive(p, t)) {
                    *arrival = p->arrivals - 1;
                    return true;
                }
        }
    return false;
}

int dtn_search_steps(const dtn_search *search, size_t arrival)
{
    int steps = 0;
    for (; arrival; arrival = search->arrival[arrival].before)
        steps++;
    return steps;
}

void dtn_search_path(const dtn_search *search, size_t arrival, dtn_conflict_move *path, int steps)
{
    for (; arrival; arrival = search->arrival[arrival].before) {
        const dtn_arrival *a = &search->arrival[arrival];
        path[--steps] = (dtn_conflict_move){a->mover, search->arrival[a->before].state, a->state};
    }
}
