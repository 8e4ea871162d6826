/* Signs and names of the formula language, byte by byte. */
#ifndef DTN_NUM_EXPR_SCAN_H
#define DTN_NUM_EXPR_SCAN_H

#include "num/expr_code.h"

enum { LEVEL_OR = 1, LEVEL_AND, LEVEL_NOT, LEVEL_COMPARE, LEVEL_ADD, LEVEL_MUL, LEVEL_UNARY, LEVEL_POWER };

typedef struct dtn_sign {
    const char *sign;
    dtn_expr_op op;
    int level;
    bool word;
} dtn_sign;

/* Bytes of the name character at text (0: none): letters, _, and whatever is neither ASCII nor an operator.
 */
int dtn_name_start(const char *text);
/* Bytes of the name at text; 0: none. */
int dtn_name_length(const char *text);
/* The binary operator at text, the longest one, or NULL. */
const dtn_sign *dtn_sign_at(const char *text);

#endif
