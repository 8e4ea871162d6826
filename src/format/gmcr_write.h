/* Writer of .gmcr files. */
#ifndef DTN_FORMAT_GMCR_WRITE_H
#define DTN_FORMAT_GMCR_WRITE_H

#include "base/str.h"
#include "model/conflict.h"

/* The first variant of each player's preferences; merged states are written apart, transitions are not written (the caller says
 * so). DOMAIN: a conflict without options, or whose states are not listed. */
dtn_status dtn_gmcr_write(dtn_ctx *ctx, dtn_str *out, const dtn_conflict *c);

#endif
