/* Formulas as text and as LaTeX.
 * Method: the postfix code builds one text; an operator inserts its sign and the parentheses that precedence
 * asks for. Cost: linear for sums and products written left to right. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "num/expr_code.h"

enum { PREC_OR = 1, PREC_AND, PREC_NOT, PREC_COMPARE, PREC_ADD, PREC_MUL, PREC_UNARY, PREC_POWER, PREC_ATOM };

typedef struct part {
    size_t start;
    int precedence;
    dtn_expr_op call; /* MIN or MAX when the text is min(...) or max(...) */
} part;

typedef struct writer {
    dtn_str out;
    bool latex;
    const char *const *names;
    part part[2 * DTN_EXPR_STACK + 8];
    int parts;
} writer;

static const struct {
    const char *sign, *latex;
    int precedence, right; /* right: the least precedence of the right operand without parentheses */
} signs[] = {
    [DTN_OP_ADD] = {" + ", " + ", PREC_ADD, PREC_ADD},
    [DTN_OP_SUB] = {" - ", " - ", PREC_ADD, PREC_MUL},
    [DTN_OP_MUL] = {"*", " \\cdot ", PREC_MUL, PREC_UNARY},
    [DTN_OP_DIV] = {"/", "}{", PREC_MUL, PREC_UNARY},
    [DTN_OP_POW] = {"^", "^{", PREC_POWER, PREC_UNARY},
    [DTN_OP_LT] = {" < ", " < ", PREC_COMPARE, PREC_ADD},
    [DTN_OP_LE] = {" <= ", " \\le ", PREC_COMPARE, PREC_ADD},
    [DTN_OP_GT] = {" > ", " > ", PREC_COMPARE, PREC_ADD},
    [DTN_OP_GE] = {" >= ", " \\ge ", PREC_COMPARE, PREC_ADD},
    [DTN_OP_EQ] = {" == ", " = ", PREC_COMPARE, PREC_ADD},
    [DTN_OP_NE] = {" != ", " \\ne ", PREC_COMPARE, PREC_ADD},
};

static void begin(writer *w, int precedence)
{
    w->part[w->parts++] = (part){w->out.length, precedence, DTN_OP_CONST};
}

static part *last(writer *w)
{
    return &w->part[w->parts - 1];
}

static void wrap(writer *w, const char *before, const char *after, int precedence)
{
    dtn_str_insert(&w->out, last(w)->start, before);
    dtn_str_add(&w->out, after);
    last(w)->precedence = precedence;
    last(w)->call = DTN_OP_CONST;
}

static void at_least(writer *w, int precedence)
{
    if (last(w)->precedence < precedence)
        wrap(w, w->latex ? "\\left(" : "(", w->latex ? "\\right)" : ")", PREC_ATOM);
}

static void constant(writer *w, const fmpq_t value)
{
    bool fraction = !fmpz_is_one(fmpq_denref(value)), negative = fmpq_sgn(value) < 0;
    begin(w, negative ? PREC_UNARY : fraction ? PREC_MUL : PREC_ATOM);
    char *num = fmpz_get_str(NULL, 10, fmpq_numref(value)), *den = fmpz_get_str(NULL, 10, fmpq_denref(value));
    if (!fraction)
        dtn_str_add(&w->out, num);
    else if (w->latex)
        dtn_str_addf(&w->out, "%s\\frac{%s}{%s}", negative ? "-" : "", num + negative, den);
    else
        dtn_str_addf(&w->out, "%s/%s", num, den);
    if (fraction && negative)
        last(w)->precedence = w->latex ? PREC_UNARY : PREC_MUL;
    if (fraction && !negative && w->latex)
        last(w)->precedence = PREC_POWER;
    flint_free(num);
    flint_free(den);
}

static const char *const greek[] = {
    "alpha", "beta",  "gamma", "delta",  "epsilon", "zeta",  "eta",   "theta", "iota", "kappa", "lambda",
    "mu",    "nu",    "xi",    "pi",     "rho",     "sigma", "tau",   "phi",   "chi",  "psi",   "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi",      "Pi",    "Sigma", "Phi",   "Psi",  "Omega"};

/* One component of a name: a Greek word becomes its letter, several letters stand upright. */
static void latex_word(dtn_str *out, const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof greek / sizeof *greek; i++) {
        if (strlen(greek[i]) == length && strncmp(greek[i], word, length) == 0) {
            dtn_str_addf(out, "\\%s", greek[i]);
            return;
        }
    }
    dtn_str_addf(out, length > 1 ? "\\mathrm{%.*s}" : "%.*s", (int)length, word);
}

/* k.resolved and k_H become letters with a subscript; further parts are joined by commas. */
static void latex_name(dtn_str *out, const char *name)
{
    size_t head = strcspn(name, "._(["), at = head;
    if (head == 0) {
        latex_word(out, name, 0);
        dtn_str_add(out, "\\_");
        at = 1;
    } else {
        latex_word(out, name, head);
    }
    bool open = false;
    while (name[at]) {
        at += strspn(name + at, "._([])");
        size_t length = strcspn(name + at, "._([])");
        if (length == 0)
            break;
        dtn_str_add(out, open ? "," : "_{");
        open = true;
        latex_word(out, name + at, length);
        at += length;
    }
    if (open)
        dtn_str_add(out, "}");
}

static void slot(writer *w, int index)
{
    begin(w, PREC_ATOM);
    if (w->latex)
        latex_name(&w->out, w->names[index]);
    else
        dtn_str_add(&w->out, w->names[index]);
}

/* `next` follows: the end of an operand of & and | says by itself that it is a truth value. */
static void unary(writer *w, dtn_expr_op op, const dtn_instruction *next)
{
    if (op == DTN_OP_TRUTH) {
        if (next && (next->op == DTN_OP_ELSE || next->op == DTN_OP_ENDIF) && next->flavour != DTN_IF_PLAIN)
            return;
        at_least(w, PREC_ADD);
        wrap(w, "", w->latex ? " \\ne 0" : " != 0", PREC_COMPARE);
        return;
    }
    if (op == DTN_OP_ABS) {
        wrap(w, w->latex ? "\\left|" : "abs(", w->latex ? "\\right|" : ")", PREC_ATOM);
        return;
    }
    at_least(w, PREC_UNARY);
    wrap(w, op == DTN_OP_NEG ? "-" : w->latex ? "\\lnot " : "!", "", PREC_UNARY);
}

/* The two top parts become one; the text between them is put where the right one starts. */
static void join(writer *w, const char *between, int precedence)
{
    dtn_str_insert(&w->out, last(w)->start, between);
    w->parts--;
    last(w)->precedence = precedence;
    last(w)->call = DTN_OP_CONST;
}

/* min(min(a, b), c) is written min(a, b, c). */
static void extremum(writer *w, dtn_expr_op op)
{
    const char *close = w->latex ? "\\right)" : ")";
    size_t length = strlen(close);
    part *right = last(w);
    if (right[-1].call == op && !w->out.failed) {
        memmove(w->out.data + right->start - length, w->out.data + right->start,
                w->out.length - right->start + 1);
        w->out.length -= length;
        right->start -= length;
        join(w, ", ", PREC_ATOM);
        wrap(w, "", close, PREC_ATOM);
    } else {
        join(w, ", ", PREC_ATOM);
        const char *word = op == DTN_OP_MIN ? (w->latex ? "\\min\\left(" : "min(")
                           : w->latex       ? "\\max\\left("
                                            : "max(";
        wrap(w, word, close, PREC_ATOM);
    }
    last(w)->call = op;
}

static void binary_operator(writer *w, dtn_expr_op op)
{
    if (op == DTN_OP_MIN || op == DTN_OP_MAX) {
        extremum(w, op);
        return;
    }
    if (w->latex && op == DTN_OP_DIV) {
        join(w, "}{", PREC_POWER);
        wrap(w, "\\frac{", "}", PREC_POWER);
        return;
    }
    bool brace = w->latex && op == DTN_OP_POW;
    if (!brace)
        at_least(w, signs[op].right);
    part right = *last(w);
    w->parts--;
    /* The left operand needs parentheses: its text ends where the right one starts. */
    int wanted = op == DTN_OP_POW ? PREC_ATOM
                 : signs[op].precedence >= PREC_COMPARE && signs[op].precedence < PREC_ADD
                     ? PREC_ADD
                     : signs[op].precedence;
    if (last(w)->precedence < wanted) {
        const char *close = w->latex ? "\\right)" : ")", *open = w->latex ? "\\left(" : "(";
        dtn_str_insert(&w->out, right.start, close);
        dtn_str_insert(&w->out, last(w)->start, open);
        right.start += strlen(close) + strlen(open);
    }
    dtn_str_insert(&w->out, right.start, w->latex ? signs[op].latex : signs[op].sign);
    if (brace)
        dtn_str_add(&w->out, "}");
    last(w)->precedence = signs[op].precedence;
    last(w)->call = DTN_OP_CONST;
}

/* Three parts: condition, first, other. Of `a & b` the last, of `a | b` the middle one is implied. */
static void conditional(writer *w, int flavour)
{
    if (flavour == DTN_IF_PLAIN) {
        join(w, ", ", PREC_ATOM);
        join(w, ", ", PREC_ATOM);
        wrap(w, w->latex ? "\\operatorname{if}\\left(" : "if(", w->latex ? "\\right)" : ")", PREC_ATOM);
        return;
    }
    int precedence = flavour == DTN_IF_AND ? PREC_AND : PREC_OR;
    part *condition = &w->part[w->parts - 3], *first = condition + 1, *other = condition + 2;
    if (flavour == DTN_IF_AND) {
        dtn_str_truncate(&w->out, other->start);
    } else {
        size_t cut = other->start - first->start;
        memmove(w->out.data + first->start, w->out.data + other->start, w->out.length - other->start + 1);
        w->out.length -= cut;
        first->precedence = other->precedence;
    }
    w->parts--;
    at_least(w, precedence + 1);
    if (condition->precedence < precedence) {
        const char *close = w->latex ? "\\right)" : ")", *open = w->latex ? "\\left(" : "(";
        dtn_str_insert(&w->out, first->start, close);
        dtn_str_insert(&w->out, condition->start, open);
        first->start += strlen(close) + strlen(open);
    }
    join(w,
         flavour == DTN_IF_AND ? (w->latex ? " \\land " : " & ")
         : w->latex            ? " \\lor "
                               : " | ",
         precedence);
}

static char *write_out(dtn_arena *arena, const dtn_expr *e, const char *const *names, bool latex)
{
    writer *w = dtn_arena_alloc(arena, sizeof *w);
    if (!w)
        return NULL;
    w->out = dtn_str_in(arena);
    w->latex = latex;
    w->names = names;
    for (int i = 0; i < e->length && !w->out.failed; i++) {
        const dtn_instruction *in = &e->code[i];
        dtn_expr_op op = (dtn_expr_op)in->op;
        if (op == DTN_OP_CONST)
            constant(w, e->constant + in->arg);
        else if (op == DTN_OP_SLOT)
            slot(w, in->arg);
        else if (op == DTN_OP_ENDIF)
            conditional(w, in->flavour);
        else if (dtn_op_is_unary(op))
            unary(w, op, i + 1 < e->length ? in + 1 : NULL);
        else if (dtn_op_is_binary(op))
            binary_operator(w, op);
    }
    return dtn_str_done(&w->out);
}

char *dtn_expr_text(dtn_arena *arena, const dtn_expr *e, const char *const *names)
{
    return write_out(arena, e, names, false);
}

char *dtn_expr_latex(dtn_arena *arena, const dtn_expr *e, const char *const *names)
{
    return write_out(arena, e, names, true);
}
