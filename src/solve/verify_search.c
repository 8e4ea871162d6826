/* Verifier: the search for beliefs that hold a strategy profile.
 *
 * Method: at each unreached information set, which nodes carry the belief is chosen in turn; orders of trembles must exist for the choices
 *   so far (an LP), and some belief on just these nodes must make the profile's actions best. When all are chosen, verify_products.c looks for weights.
 * Cost: choices of carriers, each two LPs, with a limit. Exact.
 * Source: D. Kreps, R. Wilson, Sequential equilibria, Econometrica 50 (1982). */
#include "solve/verify_search.h"

#include "num/lp.h"

enum { MOST_CHOICES = 20000, MOST_MEMBERS = 16 };

void dtn_search_gain(const dtn_search *s, fmpq_t out, int h, int node, int k)
{
    const dtn_tree *t = s->c->tree;
    size_t players = (size_t)t->players, p = (size_t)t->infoset[h].player;
    fmpq_sub(out, s->c->value + (size_t)dtn_tree_child(t, node, k) * players + p,
             s->c->value + (size_t)node * players + p);
}

/* A positive belief on just the carriers (bits) that makes the profile best at h; written to c->belief. */
static dtn_status local_belief(dtn_search *s, int h, unsigned carriers, bool positive, bool *exists)
{
    const dtn_infoset *set = &s->c->tree->infoset[h];
    const int *member = s->c->tree->members + set->first_member;
    int columns = set->members + 1, rows = set->actions + set->members + 2, row = 0;
    dtn_arena *scratch = s->ctx->scratch;
    fmpq *a, *b, *x, *goal;
    dtn_lp_sense *sense;
    bool *nonnegative;
    DTN_ALLOC_FMPQ(s->ctx, scratch, a, rows * columns);
    DTN_ALLOC_FMPQ(s->ctx, scratch, b, rows);
    DTN_ALLOC_FMPQ(s->ctx, scratch, x, columns);
    DTN_ALLOC_FMPQ(s->ctx, scratch, goal, columns);
    DTN_ALLOC(s->ctx, scratch, sense, rows);
    DTN_ALLOC(s->ctx, scratch, nonnegative, columns);
    for (int k = 0; k < set->actions; k++, row++) {
        sense[row] = DTN_LP_LE;
        for (int i = 0; i < set->members; i++)
            dtn_search_gain(s, a + row * columns + i, h, member[i], k);
    }
    /* the last column is the least belief on a carrier, made as large as can be */
    for (int i = 0; i < set->members; i++, row++) {
        fmpq_one(a + row * columns + i);
        sense[row] = carriers >> i & 1 ? DTN_LP_GE : DTN_LP_EQ;
        if (carriers >> i & 1)
            fmpq_set_si(a + row * columns + set->members, -1, 1);
    }
    for (int i = 0; i < set->members; i++)
        fmpq_one(a + row * columns + i);
    fmpq_one(b + row);
    sense[row++] = DTN_LP_EQ;
    fmpq_one(a + row * columns + set->members);
    fmpq_one(b + row);
    sense[row] = DTN_LP_LE;
    fmpq_one(goal + set->members);
    for (int j = 0; j < columns; j++)
        nonnegative[j] = true;
    dtn_polyhedron polyhedron = {rows, columns, a, b, sense, nonnegative};
    dtn_lp_answer answer;
    DTN_TRY(dtn_lp_maximise(s->ctx, &answer, x, NULL, &polyhedron, goal));
    *exists = answer == DTN_LP_OPTIMAL && (!positive || fmpq_sgn(x + set->members) > 0);
    for (int i = 0; i < set->members && *exists; i++)
        fmpq_set(s->c->belief + member[i], x + i);
    return DTN_OK;
}

static bool below_banned(const dtn_search *s, int node)
{
    const dtn_tree *t = s->c->tree;
    for (int n = node; n > 0 && s->banned; n = t->node[n].parent) {
        int from = t->node[t->node[n].parent].infoset;
        if (from >= 0 && s->banned[t->infoset[from].first_action + t->node[n].branch])
            return true;
    }
    return false;
}

/* Members that may carry belief: not excluded by chance, and not banned while others are not. */
static unsigned candidates(const dtn_search *s, int h)
{
    const dtn_tree *t = s->c->tree;
    unsigned possible = 0, welcome = 0;
    for (int k = 0; k < t->infoset[h].members; k++) {
        int node = t->members[t->infoset[h].first_member + k];
        possible |= (unsigned)s->possible[node] << k;
        welcome |= (unsigned)(s->possible[node] && !below_banned(s, node)) << k;
    }
    unsigned all = (1U << t->infoset[h].members) - 1;
    return welcome ? welcome : possible ? possible : all;
}

static dtn_status choose(dtn_search *s, int i)
{
    if (i == s->sets)
        return dtn_search_weigh(s);
    int h = s->set[i];
    unsigned all = candidates(s, h);
    s->wanted[h] = true;
    for (unsigned carriers = all; carriers && !s->found; carriers = (carriers - 1) & all) {
        bool exists;
        DTN_TRY(dtn_ctx_poll(s->ctx));
        if (++s->choices > MOST_CHOICES) {
            s->undecided = true;
            break;
        }
        dtn_arena_mark mark = dtn_arena_save(s->ctx->scratch);
        dtn_status status = local_belief(s, h, carriers, true, &exists);
        if (status == DTN_OK && exists)
            status = dtn_check_orders(s->ctx, s->c, s->wanted, &exists);
        if (status == DTN_OK && exists)
            status = choose(s, i + 1);
        dtn_arena_release(s->ctx->scratch, mark);
        DTN_TRY(status);
    }
    s->wanted[h] = s->found;
    return DTN_OK;
}

static dtn_status search_new(dtn_ctx *ctx, dtn_search *s, dtn_check *c, const bool *banned)
{
    const dtn_tree *t = c->tree;
    *s = (dtn_search){.ctx = ctx, .c = c, .banned = banned};
    DTN_ALLOC(ctx, ctx->scratch, s->set, t->infosets);
    DTN_ALLOC(ctx, ctx->scratch, s->wanted, t->infosets);
    DTN_ALLOC(ctx, ctx->scratch, s->possible, t->nodes);
    for (int n = 0; n < t->nodes; n++)
        s->possible[n] =
            n == 0 || (s->possible[t->node[n].parent] &&
                       (t->node[t->node[n].parent].kind != DTN_NODE_CHANCE || !fmpq_is_zero(t->chance + n)));
    for (int h = 0; h < t->infosets; h++)
        if (!c->reached[h] && t->infoset[h].members > 1)
            s->set[s->sets++] = h;
    return DTN_OK;
}

dtn_status dtn_search_consistent(dtn_ctx *ctx, dtn_check *c, const bool *banned, dtn_search_answer *answer)
{
    dtn_search s;
    DTN_TRY(search_new(ctx, &s, c, banned));
    for (int i = 0; i < s.sets; i++)
        s.undecided = s.undecided || c->tree->infoset[s.set[i]].members > MOST_MEMBERS;
    if (!s.undecided)
        DTN_TRY(choose(&s, 0));
    *answer = s.found ? DTN_SEARCH_FOUND : s.undecided ? DTN_SEARCH_UNDECIDED : DTN_SEARCH_NONE;
    return DTN_OK;
}

dtn_status dtn_search_any(dtn_ctx *ctx, dtn_check *c, dtn_search_answer *answer, int *infoset)
{
    dtn_search s;
    DTN_TRY(search_new(ctx, &s, c, NULL));
    *answer = DTN_SEARCH_FOUND;
    *infoset = -1;
    for (int i = 0; i < s.sets; i++) {
        bool exists = false;
        int members = c->tree->infoset[s.set[i]].members;
        dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
        dtn_status status =
            members < 32 ? local_belief(&s, s.set[i], (1U << members) - 1, false, &exists) : DTN_OK;
        dtn_arena_release(ctx->scratch, mark);
        DTN_TRY(status);
        if (members >= 32 && *answer == DTN_SEARCH_FOUND)
            *answer = DTN_SEARCH_UNDECIDED;
        else if (!exists && *answer != DTN_SEARCH_NONE) {
            *answer = DTN_SEARCH_NONE;
            *infoset = s.set[i];
        }
    }
    return DTN_OK;
}
