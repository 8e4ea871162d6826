/* The passes of counterfactual regret minimisation, included once for each vector width. The including file defines CFR_TARGET (function
 * attribute), CFR_KERNEL (name of the record) and
 *   vec                                   8 doubles
 *   vec_load(p) vec_store(p, x) vec_all(x)
 *   vec_add vec_sub vec_mul vec_div vec_max
 *   vec_gather(p, index)                  p[index[0]], ..., p[index[7]]
 *   vec_where_positive(x, y, z)           y where x > 0, otherwise z
 *
 * Method: slices from the last to the first: an action is worth its ends and what follows; regrets and the strategy of the next
 *   iteration come in the same pass. Then reach from the first slice to the last.
 * Cost: a vector instruction or two for eight terms; each array is read once an iteration. */

CFR_TARGET static inline vec worth_of(const dtn_compiled_side *g, int v, const double *value,
                                      const double *column)
{
    vec sum = vec_all(0);
    for (size_t k = g->shared[v]; k < g->shared[v + 1]; k++)
        sum = vec_add(
            sum, vec_mul(vec_all(column[g->shared_column[k]]), vec_load(g->shared_value + DTN_LANES * k)));
    for (size_t k = g->own[v]; k < g->own[v + 1]; k++)
        sum = vec_add(sum, vec_mul(vec_gather(column, g->own_column + DTN_LANES * k),
                                   vec_load(g->own_value + DTN_LANES * k)));
    for (int k = g->next[v]; k < g->next[v + 1]; k++)
        sum = vec_add(sum, vec_load(value + (size_t)DTN_LANES * (size_t)g->next_slice[k]));
    if (g->loose[v] == g->loose[v + 1])
        return sum;
    double lanes[DTN_LANES];
    vec_store(lanes, sum);
    for (int k = g->loose[v]; k < g->loose[v + 1]; k++)
        lanes[g->loose_lane[k]] += value[g->loose_from[k]];
    return vec_load(lanes);
}

/* One slice of n actions; inlined with n known for the small ones. */
CFR_TARGET static inline void learn_slice(const dtn_compiled_side *g, const dtn_cfr_side *x,
                                          const double *column, int s, const dtn_cfr_step *step, double *gain,
                                          const int n)
{
    const vec zero = vec_all(0), weight = vec_all(step->weight);
    const vec positive = vec_all(step->positive), negative = vec_all(step->negative);
    size_t at = (size_t)DTN_LANES * (size_t)g->first[s];
    vec value = zero, total = zero;
    for (int a = 0; a < n; a++) {
        vec u = worth_of(g, g->first[s] + a, x->value, column);
        size_t i = at + (size_t)(DTN_LANES * a);
        vec_store(gain + (ptrdiff_t)DTN_LANES * a, u);
        value = vec_add(value, vec_mul(vec_load(x->sigma + i), u));
        vec_store(x->sum + i, vec_add(vec_load(x->sum + i), vec_mul(weight, vec_load(x->reach + i))));
    }
    vec_store(x->value + (size_t)DTN_LANES * (size_t)s, value);
    for (int a = 0; a < n; a++) {
        size_t i = at + (size_t)(DTN_LANES * a);
        vec missed = vec_sub(vec_load(gain + (ptrdiff_t)DTN_LANES * a), value), old = vec_load(x->regret + i);
        vec now = vec_add(vec_mul(old, vec_where_positive(old, positive, negative)), missed);
        if (step->floor)
            now = vec_max(now, zero);
        vec_store(x->regret + i, now);
        if (step->predict)
            now = vec_add(now, missed);
        now = vec_max(now, zero);
        vec_store(gain + (ptrdiff_t)DTN_LANES * a, now);
        total = vec_add(total, now);
    }
    vec even = vec_all(1.0 / n), scale = vec_div(vec_all(1), total);
    for (int a = 0; a < n; a++) {
        vec now = vec_load(gain + (ptrdiff_t)DTN_LANES * a);
        vec_store(x->sigma + at + (size_t)(DTN_LANES * a),
                  vec_where_positive(total, vec_mul(now, scale), even));
    }
}

CFR_TARGET static void learn(const dtn_compiled_side *g, const dtn_cfr_side *x, const double *column,
                             int from, int to, const dtn_cfr_step *step)
{
    double small[3 * DTN_LANES];
    for (int s = to - 1; s >= from; s--)
        switch (g->first[s + 1] - g->first[s]) {
        case 2:
            learn_slice(g, x, column, s, step, small, 2);
            break;
        case 3:
            learn_slice(g, x, column, s, step, small, 3);
            break;
        default:
            learn_slice(g, x, column, s, step, x->gain, g->first[s + 1] - g->first[s]);
        }
}

CFR_TARGET static void reach(const dtn_compiled_side *g, const double *sigma, double *out, int from, int to)
{
    for (int s = from; s < to; s++) {
        vec way = g->above[s] >= 0 ? vec_load(out + (size_t)DTN_LANES * (size_t)g->above[s])
                                   : vec_gather(out, g->parent + (size_t)DTN_LANES * (size_t)s);
        for (int v = g->first[s]; v < g->first[s + 1]; v++) {
            size_t i = (size_t)DTN_LANES * (size_t)v;
            vec_store(out + i, vec_mul(way, vec_load(sigma + i)));
        }
    }
}

CFR_TARGET static void worth(const dtn_compiled_side *g, const double *sigma, double *value,
                             const double *column, int from, int to)
{
    for (int s = to - 1; s >= from; s--) {
        vec sum = vec_all(0);
        for (int v = g->first[s]; v < g->first[s + 1]; v++) {
            vec u = worth_of(g, v, value, column);
            if (sigma)
                sum = vec_add(sum, vec_mul(vec_load(sigma + (size_t)DTN_LANES * (size_t)v), u));
            else
                sum = v == g->first[s] ? u : vec_max(sum, u);
        }
        vec_store(value + (size_t)DTN_LANES * (size_t)s, sum);
    }
}

CFR_TARGET static double root(const dtn_compiled_side *g, const double *value, const double *column)
{
    double lanes[DTN_LANES], sum = 0;
    vec_store(lanes, worth_of(g, 0, value, column));
    for (int l = 0; l < DTN_LANES; l++)
        sum += lanes[l];
    return sum;
}
