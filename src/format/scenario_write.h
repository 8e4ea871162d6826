/* Scenarios made of bare models. */
#ifndef DTN_FORMAT_SCENARIO_WRITE_H
#define DTN_FORMAT_SCENARIO_WRITE_H

#include "format/yaml.h"
#include "model/conflict.h"
#include "model/strategic.h"

/* A key of a scenario made of any name: letters, digits and _, a letter first; unlike all of taken[count]. NULL: out of memory. */
const char *dtn_scenario_key(dtn_arena *arena, const char *name, const char *fallback,
                             const char *const *taken, int count);
/* The document of a scenario with this `matrix:` (this `conflict:`); names become keys. Everything lives in arena. */
dtn_status dtn_scenario_of_strategic(dtn_ctx *ctx, dtn_arena *arena, const dtn_yaml **out,
                                     const dtn_strategic *game);
dtn_status dtn_scenario_of_conflict(dtn_ctx *ctx, dtn_arena *arena, const dtn_yaml **out,
                                    const dtn_conflict *conflict);

#endif
