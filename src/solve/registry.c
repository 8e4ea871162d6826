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

const char *dtn_solver_setting(const dtn_solver *solver, const dtn_solve_options *options, const char *name)
{
    for (int i = 0; options && i < options->settings; i++)
        if (strcmp(options->setting[i].name, name) == 0)
            return options->setting[i].value;
    for (int i = 0; i < solver->options; i++)
        if (strcmp(solver->option[i].name, name) == 0)
            return solver->option[i].initial;
    return NULL;
}
