/* Values along a path of the protocol: formulas bound once for all nodes that share what they read.
 *
 * Method: a formula's value depends on the parameters, which are fixed, and on the few state and grid variables
 * that it reads. The pair (formula, numbers of those values) is looked up before anything is evaluated; constants
 * are numbered by what they are, so that a counter that returns to 0 is the same 0.
 * Cost: a look-up for a known value, else the size of the formula. Exact: yes. */
#include <stdio.h>
#include <string.h>

#include "model/protocol.h"

enum { CHUNK = 1024, RECENT = 256, TUPLE_FORMULA = 1, TUPLE_BOUND, TUPLE_SUM, TUPLE_CONSTANT, TUPLE_PARAM };

typedef struct reading { /* what a formula reads beside the parameters */
    const dtn_expr *formula;
    int *slot; /* counted from the first one that is no parameter */
    int slots;
    bool params; /* reads parameters too */
} reading;

struct dtn_values {
    const dtn_scenario *s;
    dtn_arena *arena, *formulas;
    dtn_intern *tuples;
    int *value_of; /* [tuples] the value, + 1; formulas: its reading, + 1 */
    int value_room;
    dtn_value **chunk;
    int count, chunks;
    reading *reading;
    int readings, reading_room;
    fmpq *slots;           /* environment: the point, then the path */
    const dtn_expr **with; /* the same as formulas; NULL: keep */
    bool *uses;
    int *tuple;
    int path;           /* slots that are no parameters */
    int recent[RECENT]; /* readings + 1 by address of the formula: spares most look-ups */
};

const dtn_value *dtn_values_get(const dtn_values *v, int id)
{
    return &v->chunk[id / CHUNK][id % CHUNK];
}

/* Room for one more element of an array that doubles. */
static dtn_status room(dtn_ctx *ctx, dtn_arena *arena, void **array, int *capacity, int needed, size_t size)
{
    if (needed <= *capacity)
        return DTN_OK;
    int wider = *capacity ? *capacity * 2 : 64;
    while (wider < needed)
        wider *= 2;
    void *fresh = dtn_arena_array(arena, (size_t)wider, size);
    if (!fresh)
        return dtn_fail_nomem(ctx);
    if (*array)
        memcpy(fresh, *array, (size_t)*capacity * size);
    *array = fresh;
    *capacity = wider;
    return DTN_OK;
}

/* *entry: where the tuple's number + 1 is kept; 0 when nothing is known yet. */
static dtn_status look_up(dtn_ctx *ctx, dtn_values *v, int **entry, const int *tuple, int length)
{
    int id;
    DTN_TRY(dtn_intern_id(ctx, v->tuples, &id, NULL, tuple, length));
    void *array = v->value_of;
    DTN_TRY(room(ctx, v->arena, &array, &v->value_room, id + 1, sizeof *v->value_of));
    v->value_of = array;
    *entry = &v->value_of[id];
    return DTN_OK;
}

/* A new value; exact is copied. */
static dtn_status add(dtn_ctx *ctx, dtn_values *v, int *id, const dtn_expr *formula, const fmpq_t exact,
                      bool constant)
{
    if (v->count == v->chunks * CHUNK) {
        int capacity = v->chunks;
        if ((v->chunks & (v->chunks - 1)) == 0) {
            dtn_value **wider;
            DTN_ALLOC(ctx, v->arena, wider, capacity ? capacity * 2 : 1);
            if (capacity)
                memcpy(wider, v->chunk, (size_t)capacity * sizeof(dtn_value *));
            v->chunk = wider;
        }
        DTN_ALLOC(ctx, v->arena, v->chunk[v->chunks], CHUNK);
        fmpq *block;
        DTN_ALLOC_FMPQ(ctx, v->arena, block, CHUNK);
        for (int i = 0; i < CHUNK; i++)
            v->chunk[v->chunks][i].exact = &block[i];
        v->chunks++;
    }
    dtn_value *fresh = &v->chunk[v->count / CHUNK][v->count % CHUNK];
    fresh->formula = formula;
    fresh->constant = constant;
    fmpq_set(fresh->exact, exact);
    *id = v->count++;
    return DTN_OK;
}

dtn_status dtn_values_constant(dtn_ctx *ctx, dtn_values *v, int *id, const fmpq_t exact)
{
    int *known = NULL;
    if (!COEFF_IS_MPZ(*fmpq_numref(exact)) && !COEFF_IS_MPZ(*fmpq_denref(exact))) {
        slong n = *fmpq_numref(exact), d = *fmpq_denref(exact);
        int tuple[5] = {TUPLE_CONSTANT, (int)(n & 0xFFFFFFFF), (int)(n >> 32), (int)(d & 0xFFFFFFFF),
                        (int)(d >> 32)};
        DTN_TRY(look_up(ctx, v, &known, tuple, 5));
        if (*known) {
            *id = *known - 1;
            return DTN_OK;
        }
    }
    const dtn_expr *formula = dtn_expr_constant(v->formulas, exact);
    if (!formula)
        return dtn_fail_nomem(ctx);
    DTN_TRY(add(ctx, v, id, formula, exact, true));
    if (known)
        *known = *id + 1;
    return DTN_OK;
}

dtn_status dtn_values_param(dtn_ctx *ctx, dtn_values *v, int *id, int param)
{
    int *known, tuple[2] = {TUPLE_PARAM, param};
    DTN_TRY(look_up(ctx, v, &known, tuple, 2));
    if (!*known) {
        const dtn_expr *formula = dtn_expr_slot(v->formulas, param);
        if (!formula)
            return dtn_fail_nomem(ctx);
        DTN_TRY(add(ctx, v, id, formula, &v->slots[param], false));
        *known = *id + 1;
    }
    *id = *known - 1;
    return DTN_OK;
}

dtn_status dtn_values_new(dtn_ctx *ctx, dtn_arena *arena, dtn_arena *formulas, dtn_values **out,
                          const dtn_scenario *s, const dtn_point *point)
{
    dtn_values *v;
    DTN_ALLOC(ctx, arena, v, 1);
    int slots = dtn_scn_slots(s);
    *v = (dtn_values){.s = s, .arena = arena, .formulas = formulas, .path = slots - s->params};
    DTN_TRY(dtn_intern_new(ctx, arena, &v->tuples));
    DTN_ALLOC_FMPQ(ctx, arena, v->slots, slots);
    for (int i = 0; i < s->params; i++)
        fmpq_set(&v->slots[i], &point->value[i]);
    DTN_ALLOC(ctx, arena, v->with, slots);
    DTN_ALLOC(ctx, arena, v->uses, slots);
    DTN_ALLOC(ctx, arena, v->tuple, v->path + 2);
    int zero; /* DTN_VALUE_ZERO */
    fmpq *nothing;
    DTN_ALLOC_FMPQ(ctx, arena, nothing, 1);
    DTN_TRY(dtn_values_constant(ctx, v, &zero, nothing));
    *out = v;
    return DTN_OK;
}

/* Which slots a formula reads, worked out once a formula. */
static dtn_status reading_of(dtn_ctx *ctx, dtn_values *v, int *out, const dtn_expr *e)
{
    uintptr_t address = (uintptr_t)e;
    int *recent = &v->recent[(address >> 4 ^ address >> 12) % RECENT];
    if (*recent && v->reading[*recent - 1].formula == e) {
        *out = *recent - 1;
        return DTN_OK;
    }
    int *known, tuple[3] = {TUPLE_FORMULA, (int)(address & 0xFFFFFFFF), (int)((uint64_t)address >> 32)};
    DTN_TRY(look_up(ctx, v, &known, tuple, 3));
    if (!*known) {
        void *array = v->reading;
        DTN_TRY(room(ctx, v->arena, &array, &v->reading_room, v->readings + 1, sizeof *v->reading));
        v->reading = array;
        memset(v->uses, 0, (size_t)dtn_scn_slots(v->s) * sizeof *v->uses);
        dtn_expr_uses(e, v->uses);
        reading *r = &v->reading[v->readings];
        r->formula = e;
        DTN_ALLOC(ctx, v->arena, r->slot, v->path);
        for (int i = 0; i < v->s->params; i++)
            r->params = r->params || v->uses[i];
        for (int i = 0; i < v->path; i++)
            if (v->uses[v->s->params + i])
                r->slot[r->slots++] = i;
        *known = ++v->readings;
    }
    *out = *known - 1;
    *recent = *known;
    return DTN_OK;
}

/* The name of a slot of the path, for messages. */
static const char *path_name(const dtn_scenario *s, int slot)
{
    if (slot < s->states)
        return s->state[slot];
    slot -= s->states;
    return slot < s->grids ? s->grid[slot] : s->family[slot - s->grids].name;
}

/* Evaluates and substitutes; the environment holds what the formula reads. number_only: no parameter is left. */
static dtn_status evaluate(dtn_ctx *ctx, dtn_values *v, int *id, const dtn_expr *formula, bool number_only)
{
    fmpq_t exact;
    fmpq_init(exact);
    dtn_status status = dtn_expr_exact(ctx, exact, formula, v->slots);
    if (status == DTN_OK) {
        const dtn_expr *bound = number_only ? NULL : dtn_expr_substitute(ctx, v->formulas, formula, v->with);
        if (!bound && !number_only)
            status = dtn_fail_nomem(ctx);
        else if (number_only || dtn_expr_is_constant(bound, exact))
            status = dtn_values_constant(ctx, v, id, exact);
        else
            status = add(ctx, v, id, bound, exact, false);
    }
    fmpq_clear(exact);
    return status;
}

dtn_status dtn_values_bind(dtn_ctx *ctx, dtn_values *v, int *id, bool *path_only, const dtn_expr *formula,
                           const int *path)
{
    int number = 0, *known;
    DTN_TRY(reading_of(ctx, v, &number, formula));
    const reading r = v->reading[number];
    v->tuple[0] = TUPLE_BOUND;
    v->tuple[1] = number;
    for (int i = 0; i < r.slots; i++) {
        v->tuple[2 + i] = path[r.slot[i]];
        if (path[r.slot[i]] == DTN_VALUE_NONE)
            return dtn_fail(ctx, DTN_DOMAIN, "%s has no value here: no move on this path has chosen it",
                            path_name(v->s, r.slot[i]));
    }
    DTN_TRY(look_up(ctx, v, &known, v->tuple, 2 + r.slots));
    if (!*known) {
        int at = (int)(known - v->value_of); /* evaluating may move the array */
        bool number_only = !r.params;
        for (int i = 0; i < r.slots; i++) {
            const dtn_value *given = dtn_values_get(v, path[r.slot[i]]);
            fmpq_set(&v->slots[v->s->params + r.slot[i]], given->exact);
            v->with[v->s->params + r.slot[i]] = given->formula;
            number_only = number_only && given->constant;
        }
        dtn_status status = evaluate(ctx, v, id, formula, number_only);
        for (int i = 0; i < r.slots; i++)
            v->with[v->s->params + r.slot[i]] = NULL;
        DTN_TRY(status);
        v->value_of[at] = *id + 1;
    } else {
        *id = *known - 1;
    }
    if (path_only)
        *path_only = r.slots > 0 && dtn_values_get(v, *id)->constant;
    return DTN_OK;
}

dtn_status dtn_values_probability(dtn_ctx *ctx, dtn_values *v, int *id, bool *path_only,
                                  const dtn_expr *formula, const int *path)
{
    DTN_TRY(dtn_values_bind(ctx, v, id, path_only, formula, path));
    const fmpq *exact = dtn_values_get(v, *id)->exact;
    if (fmpq_sgn(exact) >= 0 && fmpz_cmp(fmpq_numref(exact), fmpq_denref(exact)) <= 0)
        return DTN_OK;
    const char *text = dtn_rational_text(v->arena, exact);
    return dtn_fail(ctx, DTN_DOMAIN, "it is %s, which is not in [0, 1]", text ? text : "a number");
}

dtn_status dtn_values_sum(dtn_ctx *ctx, dtn_values *v, int *id, int a, int b)
{
    if (a == DTN_VALUE_ZERO || b == DTN_VALUE_ZERO) {
        *id = a == DTN_VALUE_ZERO ? b : a;
        return DTN_OK;
    }
    int *known, tuple[3] = {TUPLE_SUM, a < b ? a : b, a < b ? b : a};
    DTN_TRY(look_up(ctx, v, &known, tuple, 3));
    if (*known) {
        *id = *known - 1;
        return DTN_OK;
    }
    int at = (int)(known - v->value_of);
    const dtn_value *x = dtn_values_get(v, a), *y = dtn_values_get(v, b);
    bool constant = x->constant && y->constant;
    fmpq_t exact;
    fmpq_init(exact);
    fmpq_add(exact, x->exact, y->exact);
    const dtn_expr *sum = constant ? NULL : dtn_expr_add(ctx, v->formulas, x->formula, y->formula);
    dtn_status status;
    if (!constant && !sum)
        status = dtn_fail_nomem(ctx);
    else if (constant || dtn_expr_is_constant(sum, exact))
        status = dtn_values_constant(ctx, v, id, exact);
    else
        status = add(ctx, v, id, sum, exact, false);
    fmpq_clear(exact);
    DTN_TRY(status);
    v->value_of[at] = *id + 1;
    return DTN_OK;
}
