/* The table of solvers, made from solvers.def. */
#include <string.h>

#include "solve/solver.h"

#define X(record) extern const dtn_solver record;
#include "solve/solvers.def"
#undef X

static const dtn_solver *const table[] = {
#define X(record) &record,
#include "solve/solvers.def"
#undef X
};

const dtn_solver *const *dtn_solvers(int *count)
{
    *count = (int)(sizeof table / sizeof *table);
    return table;
}

const dtn_solver *dtn_solver_find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}
