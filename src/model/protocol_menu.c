/* What can be chosen at each move of a protocol, with the grids of actions written out, and the plan's nodes.
 *
 * Cost: linear in the number of choices. Exact: grid values are exact multiples of the step. */
#include <stdio.h>
#include <string.h>

#include "model/protocol.h"

/* Number of grid values lo, lo + step, ... <= hi. */
static dtn_status grid_size(dtn_ctx *ctx, const dtn_plan *p, long *count, const dtn_scn_action *a,
                            fmpq *range[static 3])
{
    static const char *const part[] = {"first value", "last value", "step"};
    const dtn_expr *const formula[] = {a->grid_lo, a->grid_hi, a->grid_step};
    for (int i = 0; i < 3; i++) {
        int id;
        DTN_TRY(dtn_fail_at(ctx, dtn_values_bind(ctx, p->values, &id, NULL, formula[i], p->no_path), p->s,
                            a->place, "%s of the grid of %.80s", part[i], a->key));
        range[i] = dtn_values_get(p->values, id)->exact;
    }
    bool backwards = fmpq_cmp(range[0], range[1]) > 0;
    if (fmpq_sgn(range[2]) <= 0 || backwards) {
        dtn_status status =
            dtn_fail(ctx, DTN_DOMAIN, "%s",
                     backwards ? "the first value is above the last one" : "the step must be positive");
        return dtn_fail_at(ctx, status, p->s, a->place, "grid of %.80s", a->key);
    }
    fmpq_t steps;
    fmpz_t whole;
    fmpq_init(steps);
    fmpz_init(whole);
    fmpq_sub(steps, range[1], range[0]);
    fmpq_div(steps, steps, range[2]);
    fmpz_fdiv_q(whole, fmpq_numref(steps), fmpq_denref(steps));
    *count = fmpz_cmp_si(whole, p->max_nodes) < 0 ? fmpz_get_si(whole) + 1 : -1;
    fmpz_clear(whole);
    fmpq_clear(steps);
    if (*count < 0)
        return dtn_fail(ctx, DTN_LIMIT, "the grid of %.80s has more than %ld values", a->key, p->max_nodes);
    return DTN_OK;
}

static dtn_status fill_menu(dtn_ctx *ctx, dtn_plan *p, dtn_plan_menu *menu, const dtn_scn_action *actions,
                            int count)
{
    long total = 0;
    for (int pass = 0; pass < 2; pass++) {
        dtn_plan_choice *choice = NULL;
        if (pass == 1) {
            DTN_ALLOC(ctx, p->arena, choice, total);
            menu->choice = choice;
            menu->choices = (int)total;
            total = 0;
        }
        for (int a = 0; a < count; a++) {
            const dtn_scn_action *action = &actions[a];
            if (action->grid < 0) {
                if (choice)
                    choice[total] = (dtn_plan_choice){action, a, DTN_VALUE_NONE, action->key};
                total++;
                continue;
            }
            long values = 0;
            fmpq *range[3];
            DTN_TRY(grid_size(ctx, p, &values, action, range));
            if (!choice) {
                total += values;
                continue;
            }
            fmpq *x;
            DTN_ALLOC_FMPQ(ctx, p->arena, x, 1);
            fmpq_set(x, range[0]);
            for (long i = 0; i < values; i++) {
                int id;
                DTN_TRY(dtn_values_constant(ctx, p->values, &id, x));
                const char *text = dtn_rational_text(p->arena, x);
                const char *name = text ? dtn_arena_printf(p->arena, "%s(%s)", action->key, text) : NULL;
                if (!name)
                    return dtn_fail_nomem(ctx);
                choice[total++] = (dtn_plan_choice){action, a, id, name};
                fmpq_add(x, x, range[2]);
            }
        }
    }
    return DTN_OK;
}

/* Somebody else than the mover sees the choice. */
static bool seen_by_another(const dtn_scenario *s, const dtn_scn_move *m, int mover)
{
    for (int i = 0; i < s->players; i++)
        if (i != mover && (!m->seen_restricted || m->seen_by[i]))
            return true;
    return false;
}

dtn_status dtn_plan_menus(dtn_ctx *ctx, dtn_plan *p)
{
    const dtn_scenario *s = p->s;
    int *first;
    DTN_ALLOC(ctx, p->arena, first, s->moves + 1);
    for (int m = 0; m < s->moves; m++)
        first[m + 1] = first[m] + (s->move[m].kind == DTN_MOVE_TOGETHER ? s->move[m].movers : 1);
    dtn_plan_menu *menu;
    DTN_ALLOC(ctx, p->arena, menu, first[s->moves]);
    for (int m = 0; m < s->moves; m++) {
        const dtn_scn_move *move = &s->move[m];
        for (int k = 0; k < first[m + 1] - first[m]; k++) {
            dtn_plan_menu *it = &menu[first[m] + k];
            bool together = move->kind == DTN_MOVE_TOGETHER;
            it->move = m;
            it->player = move->kind == DTN_MOVE_CHANCE ? -1 : together ? move->mover[k] : move->player;
            it->seen = seen_by_another(s, move, it->player);
            if (together)
                DTN_TRY(fill_menu(ctx, p, it, move->mover_action[k], move->mover_actions[k]));
            else
                DTN_TRY(fill_menu(ctx, p, it, move->action, move->actions));
        }
    }
    p->menu = menu;
    p->menus = first[s->moves];
    p->first_menu = first;
    return DTN_OK;
}

dtn_status dtn_plan_add(dtn_ctx *ctx, dtn_plan *p, int *node, const dtn_plan_node *what)
{
    if (p->nodes == p->max_nodes)
        return dtn_fail(ctx, DTN_LIMIT, "the tree of the protocol has more than %ld nodes", p->max_nodes);
    if (p->nodes % 1024 == 0)
        DTN_TRY(dtn_ctx_poll(ctx));
    if (p->nodes == (long)p->chunks * DTN_PLAN_CHUNK) {
        if ((p->chunks & (p->chunks - 1)) == 0) {
            dtn_plan_node **wider;
            DTN_ALLOC(ctx, p->arena, wider, p->chunks ? p->chunks * 2 : 1);
            if (p->chunks)
                memcpy(wider, p->chunk, (size_t)p->chunks * sizeof *wider);
            p->chunk = wider;
        }
        DTN_ALLOC(ctx, p->arena, p->chunk[p->chunks], DTN_PLAN_CHUNK);
        p->chunks++;
    }
    *dtn_plan_at(p, p->nodes) = *what;
    *node = (int)p->nodes++;
    return DTN_OK;
}
