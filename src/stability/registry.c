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

static const char *wrong_preferences(dtn_family family, const dtn_conflict *c)
{
    switch (family) {
    case DTN_FAMILY_RANKING:
        return c->ranked ? NULL : "some preferences are not rankings (R-a to SSEQ-d are for such)";
    case DTN_FAMILY_UNKNOWN:
        return c->unknown ? NULL : "no preference leaves anything unknown (`pairs:` with ?)";
    case DTN_FAMILY_STRENGTH:
        return c->unknown  ? "what is unknown has no strength"
               : c->strong ? NULL
                           : "no preference says that a state is much better than another (>>)";
    case DTN_FAMILY_FUZZY:
        return c->fuzzy ? NULL : "no preference has degrees with `satisficing`";
    case DTN_FAMILY_PROBABLE:
        return c->probable ? NULL : "no preference has degrees with `alpha`";
    default:
        return !c->attitude ? "the conflict says nothing about attitudes"
               : !c->ranked ? "attitudes need preferences that are rankings"
                            : NULL;
    }
}

const char *dtn_concept_missing(const dtn_concept *concept, const dtn_conflict *conflict)
{
    const char *wrong = wrong_preferences(concept->family, conflict);
    return wrong ? wrong : concept->missing ? concept->missing(conflict) : NULL;
}

uint64_t dtn_stability_applicable(const dtn_conflict *conflict)
{
    uint64_t mask = 0;
    for (int i = 0; i < dtn_concept_count(); i++)
        if (!dtn_concept_missing(concepts[i], conflict))
            mask |= UINT64_C(1) << i;
    return mask;
}
