/* The batch kernel's body, included once for each vector width. The including file defines BATCH_TARGET (function attribute) and
 *   vec                     8 doubles, one for each game of a step
 *   vec_load(p) vec_store(p, x) vec_ints(p) vec_all(x)      from doubles, to doubles, from int32_t, one number 8 times
 *   vec_add vec_sub vec_mul vec_min vec_max
 *   vec_msub(x, y, z) z - x y, vec_madd(x, y, z) z + x y
 *   vec_above(x, y) vec_differ(x, y)                        8 bits: x > y; x != y or not comparable
 *
 * Method: step by step, eight games at a time, the minors of both players are computed and their signs stored as bit rows; then all
 *   supports are decided for the whole group of 512 games with logic on those rows.
 * Cost: a few vector instructions a minor and eight games; two logical operations a support and action for 512 games.
 * Exact: see batch_plan.c; games out of range are marked. Payoffs are tested to be integers by adding and subtracting
 *   1.5 x 2^52, which rounds to integers in magnitudes up to 2^51. */

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define BATCH_BYTE(step) ((size_t)(step) ^ 7)
#else
#define BATCH_BYTE(step) ((size_t)(step))
#endif

/* Signs of all minors of one side in eight games whose payoffs are u [planes]. */
BATCH_TARGET static inline void signs_of(const batch_side *s, const double *u, double *minor,
                                         batch_bits *sign, int step)
{
    enum { NEXT = sizeof(batch_bits) };
    uint8_t *out = (uint8_t *)sign + BATCH_BYTE(step);
    const vec zero = vec_all(0);
    int w = 0;
    const uint16_t *t = s->pair;
    for (; w < s->start[s->order > 0]; w++, t += 2, out += 2 * NEXT) {
        vec x = vec_sub(vec_load(u + (size_t)BATCH_LANES * t[1]), vec_load(u + (size_t)BATCH_LANES * t[0]));
        vec_store(minor + (size_t)BATCH_LANES * (size_t)w, x);
        out[0] = vec_above(x, zero);
        out[NEXT] = vec_above(zero, x);
    }
    for (int order = 2; order <= s->order; order++) {
        t = s->term[order - 2];
        for (; w < s->start[order]; w++, out += 2 * NEXT) {
            vec x = vec_mul(vec_load(minor + (size_t)BATCH_LANES * t[0]),
                            vec_load(minor + (size_t)BATCH_LANES * t[1]));
            x = vec_msub(vec_load(minor + (size_t)BATCH_LANES * t[2]),
                         vec_load(minor + (size_t)BATCH_LANES * t[3]), x);
            t += 4;
            for (int i = 2; i < order; i++, t += 2) {
                vec y = vec_load(minor + (size_t)BATCH_LANES * t[0]);
                vec z = vec_load(minor + (size_t)BATCH_LANES * t[1]);
                x = i % 2 ? vec_msub(y, z, x) : vec_madd(y, z, x);
            }
            vec_store(minor + (size_t)BATCH_LANES * (size_t)w, x);
            out[0] = vec_above(x, zero);
            out[NEXT] = vec_above(zero, x);
        }
    }
}

/* Reads one side's payoffs of eight games to u [planes]; the result marks games out of range. from: first plane's eight;
 * stride: from plane to plane. */
BATCH_TARGET static inline unsigned read_doubles(double *u, const double *from, size_t stride, int planes,
                                                 double range)
{
    const vec round = vec_all(6755399441055744.0), edge = vec_all(2251799813685248.0);
    vec least = vec_load(from), most = least;
    unsigned wrong = 0;
    for (int k = 0; k < planes; k++) {
        vec x = vec_load(from + (size_t)k * stride);
        wrong |= vec_differ(vec_sub(vec_add(x, round), round), x);
        least = vec_min(least, x);
        most = vec_max(most, x);
        vec_store(u + (size_t)BATCH_LANES * (size_t)k, x);
    }
    wrong |= vec_above(most, edge) | vec_above(vec_sub(vec_all(0), edge), least);
    return wrong | vec_above(vec_sub(most, least), vec_all(range));
}

BATCH_TARGET static inline unsigned read_ints(double *u, const int32_t *from, size_t stride, int planes,
                                              double range)
{
    vec least = vec_ints(from), most = least;
    for (int k = 0; k < planes; k++) {
        vec x = vec_ints(from + (size_t)k * stride);
        least = vec_min(least, x);
        most = vec_max(most, x);
        vec_store(u + (size_t)BATCH_LANES * (size_t)k, x);
    }
    return vec_above(vec_sub(most, least), vec_all(range));
}

/* The last games of a batch in plain planes, fewer than eight, side by side with zeros. */
static void gather(double *u, const dtn_batch *batch, int player, size_t game, int planes)
{
    for (int k = 0; k < planes; k++)
        for (size_t g = 0; g < BATCH_LANES; g++)
            u[(size_t)k * BATCH_LANES + g] =
                game + g < batch->games ? batch_payoff(batch, player, k, game + g) : 0;
}

BATCH_TARGET static void minors_of(const batch_plan *plan, const dtn_batch *batch, batch_group *group)
{
    _Alignas(64) double u[BATCH_MOST * BATCH_MOST * BATCH_LANES];
    int planes = plan->rows * plan->columns;
    size_t block = batch->block ? batch->block : batch->games;
    uint8_t *big = (uint8_t *)group->big.word;
    for (int step = 0; step * BATCH_LANES < group->games; step++) {
        size_t game = group->start + (size_t)step * BATCH_LANES;
        size_t at = game / block * (size_t)planes * block + game % block;
        bool whole = batch->block || game + BATCH_LANES <= batch->games;
        unsigned wrong = 0;
        for (int player = 0; player < 2; player++) {
            const batch_side *s = &plan->side[player];
            if (!whole) {
                gather(group->tail, batch, player, game, planes);
                wrong |= read_doubles(u, group->tail, BATCH_LANES, planes, s->range);
            } else if (batch->a) {
                wrong |= read_doubles(u, (player ? batch->b : batch->a) + at, block, planes, s->range);
            } else {
                wrong |= read_ints(u, (player ? batch->b32 : batch->a32) + at, block, planes, s->range);
            }
            signs_of(s, u, group->minor, group->sign[player], step);
        }
        big[BATCH_BYTE(step)] = (uint8_t)wrong;
    }
}

/* Which supports hold on one side, by the signs. */
BATCH_TARGET static void supports_of(const batch_plan *plan, int player, batch_group *group)
{
    const batch_side *s = &plan->side[player];
    const batch_bits *sign = group->sign[player];
    batch_bits tie = group->tie;
    const uint16_t *test = s->test;
    for (int e = 0; e < plan->supports; e++, test += s->own) {
        int size = 0;
        for (unsigned mask = plan->rows_of[e]; mask; mask &= mask - 1)
            size++;
        int inside = size > 1 ? size : 0, outside = inside + s->own - size;
        batch_bits one, two, free = {{0}};
        for (int i = 0; i < BATCH_WORDS; i++) {
            one.word[i] = ~(uint64_t)0;
            two.word[i] = inside ? ~(uint64_t)0 : 0;
        }
        for (int k = 0; k < inside; k++) {
            const uint64_t *x = sign[test[k]].word, *y = sign[test[k] ^ 1].word;
            for (int i = 0; i < BATCH_WORDS; i++) {
                one.word[i] &= x[i];
                two.word[i] &= y[i];
            }
        }
        for (int k = inside; k < outside; k++) {
            const uint64_t *x = sign[test[k]].word, *y = sign[test[k] ^ 1].word;
            for (int i = 0; i < BATCH_WORDS; i++) {
                one.word[i] &= ~x[i];
                two.word[i] &= ~y[i];
                free.word[i] |= ~(x[i] | y[i]);
            }
        }
        for (int i = 0; i < BATCH_WORDS; i++) {
            uint64_t holds = one.word[i] | two.word[i];
            group->holds[player][e].word[i] = holds;
            tie.word[i] |= holds & free.word[i];
        }
    }
    group->tie = tie;
}

BATCH_TARGET static void run_group(const batch_plan *plan, const dtn_batch *batch, batch_group *group)
{
    group->tie = (batch_bits){{0}};
    minors_of(plan, batch, group);
    supports_of(plan, 0, group);
    supports_of(plan, 1, group);
}
