/* The registry of stability concepts. */
#include <string.h>
#include <strings.h>

#include "detente/stability.h"
#include "stability/concept.h"

#define X(id) extern const dtn_concept dtn_concept_##id;
#include "stability/concepts.def"
#undef X

static const dtn_concept *const concepts[] = {
#define X(id) &dtn_concept_##id,
#include "stability/concepts.def"
#undef X
};

int dtn_concept_count(void)
{
    return (int)(sizeof concepts / sizeof *concepts);
}

const dtn_concept *dtn_concept_at(int index)
{
    return index >= 0 && index < dtn_concept_count() ? concepts[index] : NULL;
}

const char *dtn_concept_name(int index)
{
    return concepts[index]->name;
}

const char *dtn_concept_title(int index)
{
    return concepts[index]->title;
}

const char *dtn_concept_about(int index)
{
    return concepts[index]->about;
}

const char *dtn_concept_source(int index)
{
    return concepts[index]->source;
}

int dtn_concept_find(const char *name)
{
    for (int i = 0; i < dtn_concept_count(); i++)
        if (!strcasecmp(concepts[i]->name, name))
            return i;
    return -1;
}

uint32_t dtn_stability_applicable(const dtn_conflict *conflict)
{
    uint32_t mask = 0;
    for (int i = 0; i < dtn_concept_count(); i++)
        if (!concepts[i]->missing || !concepts[i]->missing(conflict))
            mask |= (uint32_t)1 << i;
    return mask;
}
