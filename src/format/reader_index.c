/* Finding a declared name: one hash table for each kind of thing, filled as declarations come.
 * Cost: constant on average. Without memory for a table the list is searched instead. */
#include <string.h>

#include "format/reader.h"

/* The name of the i-th thing of a kind; NULL past the end. */
static const char *name_at(const dtn_reader *r, dtn_name_kind kind, int i)
{
    const dtn_scenario *s = r->s;
    switch (kind) {
    case DTN_NAME_PLAYER:
        return i < s->players ? r->player[i].key : NULL;
    case DTN_NAME_PARAM:
        return i < s->params ? r->param[i].name : NULL;
    case DTN_NAME_FAMILY:
        return i < s->families ? r->family[i].name : NULL;
    case DTN_NAME_STATE:
        return i < s->states ? s->state[i] : NULL;
    case DTN_NAME_GRID:
        return i < s->grids ? r->grid[i] : NULL;
    case DTN_NAME_MOVE:
        return i < s->moves ? r->move[i].key : NULL;
    case DTN_NAME_OUTCOME:
        return i < s->outcomes ? r->outcome[i].key : NULL;
    case DTN_NAME_GROUP:
        return i < s->groups ? r->group[i].key : NULL;
    case DTN_NAME_CLASS:
        return i < s->classes ? r->class_[i].key : NULL;
    case DTN_NAME_GUARANTEE:
        return i < s->guarantees ? r->guarantee[i].key : NULL;
    case DTN_NAME_SOURCE:
        return i < s->sources ? r->source[i].key : NULL;
    case DTN_NAME_ACTOR:
        return i < s->actors ? r->actor[i].key : NULL;
    case DTN_NAME_CLAIM:
        return i < s->claims ? r->claim[i].key : NULL;
    default:
        return NULL;
    }
}

/* FNV-1a */
static size_t hash(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 32);
}

/* Where key stands, or the empty place where it would. Entries are numbers + 1. */
static int *place(const dtn_reader *r, dtn_name_kind kind, const dtn_name_index *x, const char *key)
{
    size_t at = hash(key) & (size_t)(x->room - 1);
    while (x->entry[at] && strcmp(name_at(r, kind, x->entry[at] - 1), key) != 0)
        at = (at + 1) & (size_t)(x->room - 1);
    return &x->entry[at];
}

static bool grow(dtn_reader *r, dtn_name_kind kind, dtn_name_index *x)
{
    dtn_name_index wider = {.room = x->room ? 2 * x->room : 64};
    wider.entry = dtn_arena_array(r->arena, (size_t)wider.room, sizeof *wider.entry);
    if (!wider.entry)
        return false;
    for (int i = 0; i < x->known; i++) {
        int *at = place(r, kind, &wider, name_at(r, kind, i));
        if (!*at)
            *at = i + 1; /* of equal names the first counts */
    }
    wider.known = x->known;
    *x = wider;
    return true;
}

int dtn_find_name(dtn_reader *r, dtn_name_kind kind, const char *key)
{
    dtn_name_index *x = &r->index[kind];
    for (const char *name; (name = name_at(r, kind, x->known)); x->known++) {
        if (2 * x->known >= x->room && !grow(r, kind, x)) {
            for (int i = 0; (name = name_at(r, kind, i)); i++)
                if (strcmp(name, key) == 0)
                    return i;
            return -1;
        }
        int *at = place(r, kind, x, name);
        if (!*at)
            *at = x->known + 1;
    }
    return x->room ? *place(r, kind, x, key) - 1 : -1;
}
