/* The methods of `solve`, told to programs: what each finds, of which games, with which options. */
#include <string.h>

#include "detente/job.h"
#include "solve/solver.h"

/* The needs in words, by the bits that a solver's record sets. */
static const char *needs_in_words(unsigned needs)
{
    static const struct {
        unsigned needs;
        const char *words;
    } all[] = {
        {DTN_NEED_TWO_PLAYERS | DTN_NEED_ZERO_SUM, "two players, constant sum"},
        {DTN_NEED_TWO_PLAYERS | DTN_NEED_ZERO_SUM | DTN_NEED_PERFECT_RECALL,
         "two players, constant sum, perfect recall"},
        {DTN_NEED_TWO_PLAYERS | DTN_NEED_PERFECT_RECALL, "two players, perfect recall"},
        {DTN_NEED_TWO_PLAYERS, "two players"},
        {DTN_NEED_ZERO_SUM, "constant sum"},
        {DTN_NEED_PERFECT_INFORMATION, "perfect information"},
        {DTN_NEED_PERFECT_INFORMATION | DTN_NEED_PERFECT_RECALL, "perfect information"},
        {DTN_NEED_PERFECT_RECALL, "perfect recall"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].needs == needs)
            return all[i].words;
    return "";
}

bool dtn_method_at(int i, dtn_method *out)
{
    static const char *const finds[] = {
        [DTN_FINDS_ONE] = "one equilibrium",
        [DTN_FINDS_SOME] = "some equilibria",
        [DTN_FINDS_ALL] = "all equilibria",
        [DTN_FINDS_ANSWER] = "something else than equilibria",
    };
    int count;
    const dtn_solver *const *all = dtn_solvers(&count);
    if (i < 0 || i >= count)
        return false;
    const dtn_solver *s = all[i];
    *out = (dtn_method){
        .name = s->name,
        .title = s->title,
        .games = !s->run_tree       ? "tables"
                 : s->run_strategic ? "tables and trees"
                                    : "trees",
        .finds = finds[s->finds],
        .needs = needs_in_words(s->needs),
        .source = s->source,
        .exact = s->exact,
    };
    return true;
}

bool dtn_method_option(const char *method, int i, const char **name, const char **arg, const char **fallback,
                       const char **help)
{
    const dtn_solver *s = dtn_solver_find(method);
    const dtn_option_spec *spec = s ? s->options : NULL;
    for (int k = 0; spec && spec->name && k < i; k++)
        spec++;
    if (!spec || !spec->name || i < 0)
        return false;
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
