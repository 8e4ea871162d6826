/* Scanner of formulas: names and operator signs. */
#include "num/expr_scan.h"

#include <string.h>

/* Longer signs first. Signs beyond ASCII are what people paste from papers. */
static const dtn_sign operators[] = {
    {"||", DTN_OP_IF, LEVEL_OR, false},
    {"|", DTN_OP_IF, LEVEL_OR, false},
    {"or", DTN_OP_IF, LEVEL_OR, true},
    {"&&", DTN_OP_IF, LEVEL_AND, false},
    {"&", DTN_OP_IF, LEVEL_AND, false},
    {"and", DTN_OP_IF, LEVEL_AND, true},
    {"<=", DTN_OP_LE, LEVEL_COMPARE, false},
    {"\xe2\x89\xa4", DTN_OP_LE, LEVEL_COMPARE, false},
    {"<", DTN_OP_LT, LEVEL_COMPARE, false},
    {">=", DTN_OP_GE, LEVEL_COMPARE, false},
    {"\xe2\x89\xa5", DTN_OP_GE, LEVEL_COMPARE, false},
    {">", DTN_OP_GT, LEVEL_COMPARE, false},
    {"==", DTN_OP_EQ, LEVEL_COMPARE, false},
    {"!=", DTN_OP_NE, LEVEL_COMPARE, false},
    {"\xe2\x89\xa0", DTN_OP_NE, LEVEL_COMPARE, false},
    {"+", DTN_OP_ADD, LEVEL_ADD, false},
    {"-", DTN_OP_SUB, LEVEL_ADD, false},
    {"\xe2\x88\x92", DTN_OP_SUB, LEVEL_ADD, false},
    {"*", DTN_OP_MUL, LEVEL_MUL, false},
    {"\xc2\xb7", DTN_OP_MUL, LEVEL_MUL, false},
    {"\xc3\x97", DTN_OP_MUL, LEVEL_MUL, false},
    {"/", DTN_OP_DIV, LEVEL_MUL, false},
    {"^", DTN_OP_POW, LEVEL_POWER, false},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int dtn_name_start(const char *text)
{
    unsigned char c = (unsigned char)*text;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
        return 1;
    if (c < 0xc2)
        return 0;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if ((unsigned char)operators[i].sign[0] == c &&
            strncmp(text, operators[i].sign, strlen(operators[i].sign)) == 0)
            return 0;
    int more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3, n = 1;
    while (n <= more && ((unsigned char)text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

int dtn_name_length(const char *text)
{
    int n = dtn_name_start(text);
    for (int step = n; step; n += step)
        step = is_digit(text[n]) ? 1 : dtn_name_start(text + n);
    return n;
}

const dtn_sign *dtn_sign_at(const char *text)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t n = strlen(operators[i].sign);
        if (strncmp(text, operators[i].sign, n) == 0 && (!operators[i].word || dtn_name_length(text) == (int)n))
            return &operators[i];
    }
    return NULL;
}
