/* The inner loop of dense pivoting in doubles: row -= factor * other. */
#ifndef DTN_NUM_ROW_UPDATE_H
#define DTN_NUM_ROW_UPDATE_H

#include <stddef.h>

typedef void dtn_row_update(double *row, const double *other, double factor, size_t count);

/* The fastest form that this processor has. All forms give the same doubles. */
dtn_row_update *dtn_row_update_best(void);

#endif
