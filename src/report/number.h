/* Numbers as a reader wants them, in an arena; NULL when out of memory. */
#ifndef DTN_REPORT_NUMBER_H
#define DTN_REPORT_NUMBER_H

#include "num/rational.h"

/* Three or so significant places: "0.333", "12.35", "1.20e-05". */
void dtn_number_round(char *out, size_t size, double x);
/* "0.25" when that is exact with at most four places, otherwise rounded. */
const char *dtn_number_decimal(dtn_arena *arena, const fmpq *x, bool *exact);
/* "0.25", "1/3 ≈ 0.333"; with format "()": "1/3 (≈ 0.333)"; "≈ 0.333" when the fraction is long. */
const char *dtn_number_full(dtn_arena *arena, const fmpq *x, const char *format);
/* "33.3 %". */
const char *dtn_number_percent(dtn_arena *arena, const fmpq *share);
/* "[1/3, 2/3]", "≥ 0.2", "any value"; one number when both ends are equal. NULL end: unbounded. */
const char *dtn_number_range(dtn_arena *arena, const fmpq *lo, const fmpq *hi, bool lo_open, bool hi_open);

#endif
