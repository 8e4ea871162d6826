/* What reading `conflict:` shares between its files. */
#ifndef DTN_FORMAT_SCENARIO_CONFLICT_H
#define DTN_FORMAT_SCENARIO_CONFLICT_H

#include "detente/conflict.h"
#include "format/reader.h"

typedef struct dtn_conflict_reading {
    dtn_reader *r;
    dtn_conflict_builder *b;
    int *number; /* [players of the scenario]: the conflict's number, or -1 */
    const dtn_yaml *options, *preferences, *states, *status_quo, *merge, *transitions, *infeasible, *require,
        *at_most_one, *at_least_one, *exactly_one, *moves, *attitudes;
} dtn_conflict_reading;

/* Turns a failed call of the builder into a diagnostic at y (or where the fault's text stands). OK unless memory ran out. */
dtn_status dtn_conflict_read_fault(dtn_conflict_reading *c, dtn_status status, const dtn_yaml *y);
/* scenario_preferences.c: `preferences:` and `attitudes:`. */
dtn_status dtn_read_preferences(dtn_conflict_reading *c);

#endif
