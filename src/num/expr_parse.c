/* Reading formulas: precedence climbing over the bytes of the text, no separate tokens.
 * Cost: linear; recursion is bounded by the nesting limit, chains such as a + b + c ... are loops. */
#include <stdio.h>
#include <string.h>

#include "num/expr_code.h"
#include "num/expr_scan.h"

enum { DEEPEST = 100, LONGEST_NAME = 120, LONGEST_SIGNS = 64 };

typedef struct parser {
    const char *text;
    int at, length, depth;
    bool failed;
    dtn_build build;
    dtn_expr_resolve_fn *resolve;
    void *user;
    dtn_expr_error *error;
} parser;

static const char minus_sign[] = "\xe2\x88\x92";

static void fail_at(parser *p, int offset, int length, const char *format, ...) DTN_PRINTF(4, 5);
static void fail_at(parser *p, int offset, int length, const char *format, ...)
{
    if (p->failed)
        return;
    p->failed = true;
    p->error->offset = offset > p->length ? p->length : offset;
    int rest = p->length - p->error->offset;
    p->error->length = length > rest ? rest : length;
    if (p->error->length < 1)
        p->error->length = 1;
    va_list args;
    va_start(args, format);
    vsnprintf(p->error->message, sizeof p->error->message, format, args);
    va_end(args);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_space(parser *p)
{
    while (p->text[p->at] == ' ' || p->text[p->at] == '\t' || p->text[p->at] == '\n' || p->text[p->at] == '\r')
        p->at++;
}

/* What stands at the cursor, for messages: `'x'` or `the end`. */
static const char *found(parser *p, char buffer[80])
{
    const char *here = p->text + p->at;
    if (*here == '\0')
        return "the end";
    int n = dtn_name_length(here);
    if (n == 0)
        for (n = 1; n < 4 && ((unsigned char)here[n] & 0xc0) == 0x80; n++)
            ;
    snprintf(buffer, 80, "'%.*s'", n > 60 ? 60 : n, here);
    return buffer;
}

static bool accept(parser *p, char c)
{
    skip_space(p);
    if (p->text[p->at] != c)
        return false;
    p->at++;
    return true;
}

static const dtn_sign *operator_here(parser *p)
{
    skip_space(p);
    return dtn_sign_at(p->text + p->at);
}

static void expression(parser *p, int level);

static void number(parser *p)
{
    int start = p->at;
    const char *t = p->text;
    while (is_digit(t[p->at]))
        p->at++;
    if (t[p->at] == '.') {
        p->at++;
        while (is_digit(t[p->at]))
            p->at++;
    }
    if ((t[p->at] == 'e' || t[p->at] == 'E') &&
        (is_digit(t[p->at + 1]) || ((t[p->at + 1] == '-' || t[p->at + 1] == '+') && is_digit(t[p->at + 2])))) {
        p->at += 2;
        while (is_digit(t[p->at]))
            p->at++;
    }
    fmpq_t value;
    fmpq_init(value);
    if (!dtn_rational_parse(value, t + start, (size_t)(p->at - start)))
        fail_at(p, start, p->at - start,
                "this number cannot be held (a digit is missing, or it is longer than 10^5 digits)");
    else if (dtn_name_start(t + p->at))
        fail_at(p, p->at, dtn_name_length(t + p->at), "a number is followed by a name: write * between them");
    else
        dtn_build_constant(&p->build, value);
    fmpq_clear(value);
}

/* Arguments of if, min, max, abs; the cursor is behind the '('. */
static void call(parser *p, const char *name, int start)
{
    bool is_if = strcmp(name, "if") == 0, is_abs = strcmp(name, "abs") == 0;
    int arguments = 0;
    do {
        if (is_if && arguments == 1)
            dtn_build_if_begin(&p->build, DTN_IF_PLAIN);
        if (is_if && arguments == 2)
            dtn_build_else(&p->build, DTN_IF_PLAIN);
        if (arguments == (is_if ? 3 : is_abs ? 1 : DTN_EXPR_LONGEST_TEXT)) {
            fail_at(p, p->at - 1, 1, "%s takes %s", name,
                    is_if ? "three arguments: if(condition, then, else)" : "one argument");
            return;
        }
        expression(p, LEVEL_OR);
        arguments++;
        if (p->failed)
            return;
        if (arguments > 1 && !is_if)
            dtn_build_operator(&p->build, name[1] == 'i' ? DTN_OP_MIN : DTN_OP_MAX);
    } while (accept(p, ','));
    char buffer[80];
    if (p->text[p->at] != ')')
        fail_at(p, p->at, 1, "expected ',' or ')' in %s(...), found %s", name, found(p, buffer));
    else if (is_if && arguments != 3)
        fail_at(p, start, p->at + 1 - start, "if takes three arguments: if(condition, then, else); found %d",
                arguments);
    if (p->failed)
        return;
    p->at++;
    if (is_if)
        dtn_build_endif(&p->build, DTN_IF_PLAIN);
    if (is_abs)
        dtn_build_operator(&p->build, DTN_OP_ABS);
}

/* The index of k(P), k[P], k.resolved into index; false: failed. */
static bool read_index(parser *p, const char *name, char index[LONGEST_NAME + 1], bool *indexed)
{
    char opening = p->text[p->at];
    *indexed = opening == '.' || opening == '(' || opening == '[';
    if (!*indexed)
        return true;
    int open_at = p->at++;
    if (opening != '.')
        skip_space(p);
    int start = p->at;
    const char *t = p->text;
    for (int step = 1; step;) {
        step = is_digit(t[p->at]) || (opening != '.' && p->at > start && t[p->at] == '-')
                   ? 1
                   : dtn_name_start(t + p->at);
        p->at += step;
    }
    int length = p->at - start;
    if (length == 0 || length > LONGEST_NAME) {
        fail_at(p, p->at, 1,
                opening == '.' ? "expected the name of a type after %s."
                               : "expected a player or a type in %s(...)",
                name);
        return false;
    }
    memcpy(index, t + start, (size_t)length);
    index[length] = '\0';
    if (opening == '.')
        return true;
    skip_space(p);
    if (t[p->at] != (opening == '(' ? ')' : ']')) {
        fail_at(p, open_at, p->at + 1 - open_at,
                "%s%c...%c takes one player or type; to multiply write %s*(...)", name, opening,
                opening == '(' ? ')' : ']', name);
        return false;
    }
    p->at++;
    return true;
}

static void name_or_call(parser *p)
{
    int start = p->at, length = dtn_name_length(p->text + p->at);
    char name[LONGEST_NAME + 1], index[LONGEST_NAME + 1];
    if (length > LONGEST_NAME) {
        fail_at(p, start, length, "a name of %d bytes: at most %d are allowed", length, LONGEST_NAME);
        return;
    }
    memcpy(name, p->text + start, (size_t)length);
    name[length] = '\0';
    p->at += length;
    bool function = strcmp(name, "if") == 0 || strcmp(name, "min") == 0 || strcmp(name, "max") == 0 ||
                    strcmp(name, "abs") == 0;
    if (function) {
        if (!accept(p, '('))
            fail_at(p, start, length, "%s is a function: expected %s(...)", name, name);
        else
            call(p, name, start);
        return;
    }
    if (dtn_expr_reserved(name)) {
        fail_at(p, start, length, "expected a value, found the operator '%s'", name);
        return;
    }
    bool indexed = false;
    if (!read_index(p, name, index, &indexed))
        return;
    const dtn_expr *replacement = NULL;
    int slot = p->resolve ? p->resolve(p->user, name, indexed ? index : NULL, &replacement) : -1;
    if (replacement) {
        dtn_build_replay(&p->build, replacement, NULL, 0);
    } else if (slot >= 0) {
        dtn_build_slot(&p->build, slot);
    } else {
        int whole = p->at - start;
        fail_at(p, start, whole, "unknown name '%.*s'", whole, p->text + start);
        int kept = whole < (int)sizeof p->error->name ? whole : (int)sizeof p->error->name - 1;
        memcpy(p->error->name, p->text + start, (size_t)kept);
        p->error->name[kept] = '\0';
    }
}

static void primary(parser *p)
{
    char c = p->text[p->at], buffer[80];
    if (c == '(') {
        int open_at = p->at++;
        expression(p, LEVEL_OR);
        if (!p->failed && !accept(p, ')'))
            fail_at(p, p->at, 1, "expected ')' to close the '(' at position %d, found %s", open_at + 1,
                    found(p, buffer));
    } else if (is_digit(c) || c == '.') {
        number(p);
    } else if (dtn_name_start(p->text + p->at)) {
        name_or_call(p);
    } else {
        fail_at(p, p->at, 1, "expected a number, a name or '(', found %s", found(p, buffer));
    }
}

static void right_operand(parser *p, const dtn_sign *o);

/* The sign in front of a value at the cursor, or DTN_OP_CONST for none; + is skipped. */
static dtn_expr_op leading_sign(parser *p)
{
    for (;; p->at++) {
        skip_space(p);
        const char *here = p->text + p->at;
        if (strncmp(here, minus_sign, strlen(minus_sign)) == 0) {
            p->at += (int)strlen(minus_sign);
            return DTN_OP_NEG;
        }
        if (*here == '-' || (*here == '!' && here[1] != '=')) {
            p->at++;
            return *here == '-' ? DTN_OP_NEG : DTN_OP_NOT;
        }
        if (*here != '+')
            return DTN_OP_CONST;
    }
}

/* A value with its leading signs; the operators behind it are the caller's, but for ^, which binds tighter than a sign. */
static void prefixed(parser *p, int level)
{
    dtn_expr_op sign[LONGEST_SIGNS];
    int signs = 0;
    for (dtn_expr_op op; (op = leading_sign(p)) != DTN_OP_CONST;) {
        if (signs == LONGEST_SIGNS) {
            fail_at(p, p->at - 1, 1, "nested more than %d signs deep", LONGEST_SIGNS);
            return;
        }
        sign[signs++] = op;
    }
    const char *here = p->text + p->at;
    if (signs == 0 && dtn_name_length(here) == 3 && strncmp(here, "not", 3) == 0 && level <= LEVEL_NOT) {
        p->at += 3;
        expression(p, LEVEL_NOT);
        if (!p->failed)
            dtn_build_operator(&p->build, DTN_OP_NOT);
        return;
    }
    primary(p);
    const dtn_sign *o;
    while (signs && !p->failed && (o = operator_here(p)) && o->level == LEVEL_POWER) {
        p->at += (int)strlen(o->sign);
        right_operand(p, o);
    }
    while (signs > 0 && !p->failed)
        dtn_build_operator(&p->build, sign[--signs]);
}

static void right_operand(parser *p, const dtn_sign *o)
{
    fmpq_t value;
    fmpq_init(value);
    dtn_if_flavour flavour = o->level == LEVEL_AND ? DTN_IF_AND : DTN_IF_OR;
    if (o->op != DTN_OP_IF) {
        expression(p, o->level == LEVEL_POWER ? LEVEL_UNARY : o->level + 1);
        if (!p->failed)
            dtn_build_operator(&p->build, o->op);
    } else {
        dtn_build_if_begin(&p->build, flavour);
        if (flavour == DTN_IF_OR) {
            fmpq_one(value);
            dtn_build_constant(&p->build, value);
            dtn_build_else(&p->build, flavour);
        }
        expression(p, o->level + 1);
        if (!p->failed) {
            dtn_build_operator(&p->build, DTN_OP_TRUTH);
            if (flavour == DTN_IF_AND) {
                dtn_build_else(&p->build, flavour);
                dtn_build_constant(&p->build, value);
            }
            dtn_build_endif(&p->build, flavour);
        }
    }
    fmpq_clear(value);
}

static void expression(parser *p, int level)
{
    if (++p->depth > DEEPEST)
        fail_at(p, p->at, 1, "nested more than %d deep", DEEPEST);
    else
        prefixed(p, level);
    bool compared = false;
    while (!p->failed) {
        const dtn_sign *o = operator_here(p);
        if (!o || o->level < level)
            break;
        if (o->level == LEVEL_COMPARE && compared) {
            fail_at(p, p->at, (int)strlen(o->sign), "comparisons are not chained: write a < b & b < c");
            break;
        }
        compared = o->level == LEVEL_COMPARE;
        p->at += (int)strlen(o->sign);
        right_operand(p, o);
    }
    p->depth--;
}

/* Something is left behind a complete formula: say what it looks like. */
static void trailing(parser *p)
{
    const char *here = p->text + p->at;
    char buffer[80];
    if (*here == ')' || *here == ']')
        fail_at(p, p->at, 1, "'%c' closes nothing", *here);
    else if (*here == '=')
        fail_at(p, p->at, 1, "a single '=': write == to compare");
    else if (*here == '?')
        fail_at(p, p->at, 1, "no '? :' here: write if(condition, then, else)");
    else if (*here == ',')
        fail_at(p, p->at, 1,
                "a ',' outside of if(...), min(...), max(...); decimals are written with a point");
    else if (is_digit(*here) || *here == '(' || *here == '.' || dtn_name_start(here))
        fail_at(p, p->at, dtn_name_length(here),
                "two values follow each other: expected an operator before %s", found(p, buffer));
    else
        fail_at(p, p->at, 1, "expected an operator or the end, found %s", found(p, buffer));
}

dtn_status dtn_expr_parse(dtn_ctx *ctx, dtn_arena *arena, const dtn_expr **out, const char *text,
                          dtn_expr_resolve_fn *resolve, void *user, dtn_expr_error *error)
{
    *out = NULL;
    *error = (dtn_expr_error){0};
    dtn_arena_mark mark = dtn_arena_save(ctx->scratch);
    parser *p;
    DTN_ALLOC(ctx, ctx->scratch, p, 1);
    size_t length = strlen(text);
    p->text = text;
    p->resolve = resolve;
    p->user = user;
    p->error = error;
    dtn_build_start(&p->build, ctx);
    if (length > DTN_EXPR_LONGEST_TEXT) {
        fail_at(p, 0, 1, "a formula of %zu bytes: at most %d are allowed", length, DTN_EXPR_LONGEST_TEXT);
    } else {
        p->length = (int)length;
        expression(p, LEVEL_OR);
        skip_space(p);
        if (!p->failed && text[p->at] != '\0')
            trailing(p);
    }
    dtn_status status;
    if (p->failed) {
        status = dtn_fail(ctx, DTN_PARSE, "formula '%.200s', position %d: %s", text, error->offset + 1,
                          error->message);
    } else {
        status = dtn_build_finish(&p->build, arena, out);
        if (status == DTN_LIMIT) {
            fail_at(p, 0, p->length, "%s", dtn_ctx_error(ctx));
            status = DTN_PARSE;
        }
    }
    if (arena != ctx->scratch)
        dtn_arena_release(ctx->scratch, mark);
    return status;
}
