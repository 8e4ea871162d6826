/* Reads statements such as "C iff !(D | E)" and evaluates them.
 * Method: recursive descent to a postfix program; evaluation bit-sliced, one word for 64 patterns; three-valued over
 *         cubes. Cost: linear in the text; one operation a step and word. Exact. */
#include "model/conflict_statement.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 60, LONGEST = 65536 };

typedef struct parser {
    dtn_ctx *ctx;
    dtn_arena *arena;
    const char *text;
    size_t length, at; /* at: start of the current token */
    size_t token;      /* its length; 0 at the end */
    int options;
    dtn_option_lookup_fn *lookup;
    const void *user;
    dtn_statement_step *step;
    int steps, room, depth;
    dtn_statement_error *error;
} parser;

static bool is_name(char c)
{
    unsigned char u = (unsigned char)c;
    return isalnum(u) || u == '_' || u == '-' || u == '.' || u >= 128;
}

static void next(parser *p)
{
    p->at += p->token;
    while (p->at < p->length && isspace((unsigned char)p->text[p->at]))
        p->at++;
    p->token = 0;
    if (p->at == p->length)
        return;
    if (!is_name(p->text[p->at])) {
        p->token = 1;
        return;
    }
    while (p->at + p->token < p->length && is_name(p->text[p->at + p->token]))
        p->token++;
}

static bool is(const parser *p, const char *word)
{
    return p->token == strlen(word) && !memcmp(p->text + p->at, word, p->token);
}

static dtn_status wrong(parser *p, const char *expected)
{
    p->error->offset = p->at;
    p->error->length = p->token;
    if (p->token)
        snprintf(p->error->message, sizeof p->error->message, "found '%.*s', expected %s",
                 (int)(p->token > 60 ? 60 : p->token), p->text + p->at, expected);
    else
        snprintf(p->error->message, sizeof p->error->message, "the statement ends here, expected %s",
                 expected);
    return DTN_PARSE;
}

static dtn_status emit(parser *p, dtn_statement_step step)
{
    if (p->steps == p->room) {
        int room = p->room ? 2 * p->room : 8;
        dtn_statement_step *larger;
        DTN_ALLOC(p->ctx, p->arena, larger, room);
        if (p->steps)
            memcpy(larger, p->step, (size_t)p->steps * sizeof *larger);
        p->step = larger;
        p->room = room;
    }
    p->step[p->steps++] = step;
    return DTN_OK;
}

static dtn_status operation(parser *p, dtn_statement_op op)
{
    return emit(p, (dtn_statement_step){.op = op});
}

static dtn_status statement(parser *p);

static dtn_status primary(parser *p)
{
    bool negated = false;
    for (; is(p, "!"); next(p))
        negated = !negated;
    if (is(p, "(")) {
        if (++p->depth > DEEPEST) {
            p->error->offset = p->at;
            p->error->length = 1;
            snprintf(p->error->message, sizeof p->error->message,
                     "more than %d parentheses inside each other", DEEPEST);
            return DTN_PARSE;
        }
        next(p);
        DTN_TRY(statement(p));
        if (!is(p, ")"))
            return wrong(p, "')'");
        p->depth--;
    } else {
        if (!p->token || !is_name(p->text[p->at]) || is(p, "if") || is(p, "iff") || is(p, "only"))
            return wrong(p, "an option, '!' or '('");
        dtn_statement_step step = {.op = DTN_ST_OPTION};
        step.option = p->lookup(p->user, p->text + p->at, p->token);
        if (step.option < 0) {
            size_t bad;
            if (!dtn_pattern_parse(p->text + p->at, p->token, p->options, &step.known, &step.value, &bad)) {
                p->error->offset = p->at;
                p->error->length = p->token;
                int shown = (int)(p->token > 60 ? 60 : p->token);
                snprintf(p->error->unknown, sizeof p->error->unknown, "%.*s", shown, p->text + p->at);
                if (strspn(p->error->unknown, "YN-") == strlen(p->error->unknown))
                    snprintf(p->error->message, sizeof p->error->message,
                             "the pattern '%.*s' has %zu characters, expected %d (one an option)", shown,
                             p->text + p->at, p->token, p->options);
                else
                    snprintf(p->error->message, sizeof p->error->message, "no option is called '%.*s'", shown,
                             p->text + p->at);
                return DTN_PARSE;
            }
            step.op = DTN_ST_CUBE;
        }
        DTN_TRY(emit(p, step));
    }
    next(p);
    return negated ? operation(p, DTN_ST_NOT) : DTN_OK;
}

static dtn_status conjunction(parser *p)
{
    DTN_TRY(primary(p));
    while (is(p, "&")) {
        next(p);
        DTN_TRY(primary(p));
        DTN_TRY(operation(p, DTN_ST_AND));
    }
    return DTN_OK;
}

static dtn_status disjunction(parser *p)
{
    DTN_TRY(conjunction(p));
    while (is(p, "|")) {
        next(p);
        DTN_TRY(conjunction(p));
        DTN_TRY(operation(p, DTN_ST_OR));
    }
    return DTN_OK;
}

static dtn_status statement(parser *p)
{
    DTN_TRY(disjunction(p));
    dtn_statement_op op;
    if (is(p, "if"))
        op = DTN_ST_IF;
    else if (is(p, "iff"))
        op = DTN_ST_IFF;
    else if (is(p, "only"))
        op = DTN_ST_ONLY_IF;
    else
        return DTN_OK;
    next(p);
    if (op == DTN_ST_ONLY_IF) {
        if (!is(p, "if"))
            return wrong(p, "'if' after 'only'");
        next(p);
    }
    DTN_TRY(disjunction(p));
    if (is(p, "if") || is(p, "iff") || is(p, "only"))
        return wrong(p, "parentheses: 'if', 'only if' and 'iff' do not chain");
    return operation(p, op);
}

dtn_status dtn_statement_parse(dtn_ctx *ctx, dtn_arena *arena, dtn_statement *out, const char *text,
                               int options, dtn_option_lookup_fn *lookup, const void *user,
                               dtn_statement_error *error)
{
    parser p = {.ctx = ctx,
                .arena = arena,
                .text = text,
                .length = strlen(text),
                .options = options,
                .lookup = lookup,
                .user = user,
                .error = error};
    *error = (dtn_statement_error){0};
    if (p.length > LONGEST) {
        error->offset = LONGEST;
        snprintf(error->message, sizeof error->message, "a statement of %zu bytes, at most %d are read",
                 p.length, LONGEST);
        return DTN_PARSE;
    }
    next(&p);
    DTN_TRY(statement(&p));
    if (p.token)
        return wrong(&p, "'&', '|', 'if', 'only if', 'iff' or the end");
    *out = (dtn_statement){text, p.step, p.steps};
    return DTN_OK;
}

bool dtn_pattern_parse(const char *text, size_t length, int options, uint64_t *known, uint64_t *value,
                       size_t *wrong)
{
    uint64_t k = 0, v = 0;
    for (size_t i = 0; i < length && i < (size_t)options; i++) {
        if (text[i] != 'Y' && text[i] != 'N' && text[i] != '-') {
            *wrong = i;
            return false;
        }
        k |= (uint64_t)(text[i] != '-') << i;
        v |= (uint64_t)(text[i] == 'Y') << i;
    }
    if (length != (size_t)options || length == 0) {
        *wrong = length < (size_t)options ? length : (size_t)options;
        return false;
    }
    *known = k;
    *value = v;
    return true;
}

/* Truth values of an option over the 64 patterns base + 0 .. base + 63. */
static uint64_t option_word(int option, uint64_t base)
{
    static const uint64_t low[6] = {0xaaaaaaaaaaaaaaaau, 0xccccccccccccccccu, 0xf0f0f0f0f0f0f0f0u,
                                    0xff00ff00ff00ff00u, 0xffff0000ffff0000u, 0xffffffff00000000u};
    return option < 6 ? low[option] : (base >> option & 1 ? UINT64_MAX : 0);
}

static uint64_t cube_word(uint64_t known, uint64_t value, uint64_t base)
{
    uint64_t word = UINT64_MAX;
    if ((base ^ value) & known & ~UINT64_C(63))
        return 0;
    for (int o = 0; o < 6; o++)
        if (known >> o & 1)
            word &= value >> o & 1 ? option_word(o, 0) : ~option_word(o, 0);
    return word;
}

static int popcount(uint64_t x)
{
    int n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

static uint64_t count_word(const dtn_statement_step *step, uint64_t base)
{
    uint64_t word = 0;
    for (uint64_t x = 0; x < 64; x++) {
        int taken = popcount((base | x) & step->known);
        word |= (uint64_t)(taken >= step->least && taken <= step->most) << x;
    }
    return word;
}

uint64_t dtn_statement_word(const dtn_statement *s, uint64_t base)
{
    uint64_t stack[DTN_STATEMENT_STACK];
    int top = 0;
    for (const dtn_statement_step *p = s->step; p < s->step + s->steps; p++) {
        switch (p->op) {
        case DTN_ST_OPTION:
            stack[top++] = option_word(p->option, base);
            continue;
        case DTN_ST_CUBE:
            stack[top++] = cube_word(p->known, p->value, base);
            continue;
        case DTN_ST_COUNT:
            stack[top++] = count_word(p, base);
            continue;
        case DTN_ST_NOT:
            stack[top - 1] = ~stack[top - 1];
            continue;
        default:
            break;
        }
        uint64_t b = stack[--top], a = stack[top - 1];
        stack[top - 1] = p->op == DTN_ST_AND       ? a & b
                         : p->op == DTN_ST_OR      ? a | b
                         : p->op == DTN_ST_IF      ? a | ~b
                         : p->op == DTN_ST_ONLY_IF ? ~a | b
                                                   : ~(a ^ b);
    }
    return stack[0];
}

/* Two bits: 1 = can hold, 2 = can fail. */
static unsigned swap(unsigned v)
{
    return (v & 1) << 1 | v >> 1;
}

static unsigned both(unsigned a, unsigned b)
{
    return (a & b & 1) | ((a | b) & 2);
}

void dtn_statement_over_cube(const dtn_statement *s, uint64_t known, uint64_t value, bool *can_hold,
                             bool *can_fail)
{
    unsigned char stack[DTN_STATEMENT_STACK];
    int top = 0;
    for (const dtn_statement_step *p = s->step; p < s->step + s->steps; p++) {
        uint64_t bits = p->op == DTN_ST_OPTION ? UINT64_C(1) << p->option : p->known;
        if (p->op == DTN_ST_OPTION || p->op == DTN_ST_CUBE) {
            uint64_t wanted = p->op == DTN_ST_OPTION ? bits : p->value;
            bool clash = (wanted ^ value) & bits & known, open = bits & ~known;
            stack[top++] = clash ? 2 : open ? 3 : 1;
            continue;
        }
        if (p->op == DTN_ST_COUNT) {
            int least = popcount(value & known & bits), most = least + popcount(bits & ~known);
            bool holds = least >= p->least && most <= p->most, fails = least > p->most || most < p->least;
            stack[top++] = holds ? 1 : fails ? 2 : 3;
            continue;
        }
        if (p->op == DTN_ST_NOT) {
            stack[top - 1] = (unsigned char)swap(stack[top - 1]);
            continue;
        }
        unsigned b = stack[--top], a = stack[top - 1], r;
        if (p->op == DTN_ST_AND)
            r = both(a, b);
        else if (p->op == DTN_ST_OR)
            r = swap(both(swap(a), swap(b)));
        else if (p->op == DTN_ST_IF)
            r = swap(both(swap(a), b));
        else if (p->op == DTN_ST_ONLY_IF)
            r = swap(both(a, swap(b)));
        else
            r = (((a & b) | (swap(a) & swap(b))) & 1) | (((a & swap(b)) | (swap(a) & b)) & 1) << 1;
        stack[top - 1] = (unsigned char)r;
    }
    *can_hold = stack[0] & 1;
    *can_fail = stack[0] & 2;
}
