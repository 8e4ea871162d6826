/* Names, sentences and exit codes of statuses and outcomes, from the one list in detente/base.h. */
#include "detente/base.h"

static const struct {
    const char *name, *text;
    int exit_code;
} table[] = {
#define X(name, code, text) {#name, text, code},
    DTN_STATUS_LIST(X)
#undef X
};

const char *dtn_status_name(dtn_status status)
{
    return (unsigned)status < DTN_STATUS_COUNT ? table[status].name : "?";
}

const char *dtn_status_text(dtn_status status)
{
    return (unsigned)status < DTN_STATUS_COUNT ? table[status].text : "unknown status";
}

int dtn_status_exit_code(dtn_status status)
{
    return (unsigned)status < DTN_STATUS_COUNT ? table[status].exit_code : 4;
}

const char *dtn_outcome_name(dtn_outcome outcome)
{
    static const char *const names[] = {"complete", "partial", "none", "unknown"};
    return (unsigned)outcome < 4 ? names[outcome] : "?";
}

const char *dtn_version(void)
{
    return DTN_VERSION_STRING;
}
