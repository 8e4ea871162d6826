/* The index of each equilibrium of a two-player game that is isolated and free of ties.
 *
 * Method: with k strategies played on each side and M the positive payoff matrices restricted to them, the index is
 *   (-1)^(k+1) sign det M_1 sign det M_2. A pure strict equilibrium has index 1; those of a game without ties sum to 1, which
 *   is a check on the list as a whole.
 * Cost: the signs are known from solving; otherwise k^3. Exact.
 * Source: L. Shapley, A note on the Lemke-Howson algorithm, Math. Program. Study 1 (1974). */
#include <flint/fmpz_mat.h>

#include "solve/extreme_search.h"

/* Sign of the determinant of a vertex's core; 0: it is degenerate (other than `columns` labels are tight there). */
static int sign_at(const dtn_extreme *s, dtn_side which, int vertex, int *size)
{
    const dtn_polytope *g = &s->polytope[which];
    const dtn_vertex_set *set = s->vertices[which];
    const uint64_t *tight = set->tight + (size_t)vertex * (size_t)set->words;
    int rows = 0, columns = 0;
    for (int i = 0; i < g->rows; i++)
        rows += dtn_label_in(tight, g->first_row + i);
    for (int j = 0; j < g->columns; j++)
        columns += !dtn_label_in(tight, g->first_column + j);
    *size = rows;
    if (rows != columns || set->sign[vertex])
        return rows == columns ? set->sign[vertex] : 0;
    fmpz_mat_t core;
    fmpz_t det;
    fmpz_mat_init(core, rows, rows);
    fmpz_init(det);
    for (int i = 0, r = 0; i < g->rows; i++) {
        if (!dtn_label_in(tight, g->first_row + i))
            continue;
        for (int j = 0, c = 0; j < g->columns; j++)
            if (!dtn_label_in(tight, g->first_column + j))
                fmpz_set(fmpz_mat_entry(core, r, c++), g->cell + (size_t)i * (size_t)g->columns + j);
        r++;
    }
    fmpz_mat_det(det, core);
    int sign = fmpz_sgn(det);
    fmpz_clear(det);
    fmpz_mat_clear(core);
    return sign;
}

bool dtn_extreme_indices(const dtn_extreme *s, dtn_profiles *out)
{
    int sum = 0;
    bool regular = true;
    for (int i = 0; i < out->count; i++) {
        dtn_profile *item = &out->item[i];
        int size[DTN_SIDES];
        int first = sign_at(s, DTN_SIDE_P, item->vertex[0], &size[0]);
        int second = sign_at(s, DTN_SIDE_Q, item->vertex[1], &size[1]);
        item->index = size[0] == size[1] ? first * second * (size[0] % 2 ? 1 : -1) : 0;
        regular = regular && item->index;
        sum += item->index;
    }
    return regular && sum == 1;
}
