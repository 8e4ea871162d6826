/* The table of analyses, made from analyses.def, and what front ends ask of it. */
#include <string.h>

#include "analyse/analysis.h"
#include "detente/job.h"

#define X(record) extern const dtn_analysis record;
#include "analyse/analyses.def"
#undef X

static const dtn_analysis *const table[] = {
#define X(record) &record,
#include "analyse/analyses.def"
#undef X
};
enum { ANALYSES = sizeof table / sizeof *table };

const dtn_analysis *dtn_analysis_at(int i)
{
    return i >= 0 && i < (int)ANALYSES ? table[i] : NULL;
}

const dtn_analysis *dtn_analysis_find(const char *name)
{
    for (int i = 0; i < (int)ANALYSES; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

const char *dtn_analysis_name(int i)
{
    const dtn_analysis *a = dtn_analysis_at(i);
    return a ? a->name : NULL;
}

const char *dtn_analysis_about(const char *analysis)
{
    const dtn_analysis *a = dtn_analysis_find(analysis);
    return a ? a->about : NULL;
}

bool dtn_analysis_option(const char *analysis, int i, const char **name, const char **arg,
                         const char **fallback, const char **help)
{
    const dtn_analysis *a = dtn_analysis_find(analysis);
    if (!a || !a->options || i < 0)
        return false;
    for (int k = 0; k <= i; k++)
        if (!a->options[k].name)
            return false;
    const dtn_option_spec *spec = &a->options[i];
    if (name)
        *name = spec->name;
    if (arg)
        *arg = spec->arg;
    if (fallback)
        *fallback = spec->fallback;
    if (help)
        *help = spec->help;
    return true;
}
