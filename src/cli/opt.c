/* Command line parsing: common options, then those of the verb's analysis; every complaint names what was expected. */
#include "cli/opt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cli_option common[] = {
    {"format", "f", "FORMAT",
     "text (default), json, csv, md, latex, html, svg, tikz or gambit, as the answer allows", true, NULL},
    {"json", NULL, NULL, "short for --format json", true, NULL},
    {"output", "o", "FILE", "write to FILE; its ending chooses the format when --format is not given", true,
     NULL},
    {"set", NULL, "NAME=VALUE", "set a parameter: an exact number such as 1/3 or 0.25 (repeats)", true, NULL},
    {"time-limit", NULL, "SECONDS", "stop after this long with what was found, marked partial", true, NULL},
    {"memory-limit", NULL, "SIZE", "stop beyond this much memory: bytes, or with K, M, G", true, NULL},
    {"threads", NULL, "N", "threads to use (default 1); answers do not depend on it", true, NULL},
    {"seed", NULL, "N", "seed of whatever draws at random (default 1)", true, NULL},
    {"stats", NULL, NULL, "add work done and times", true, NULL},
    {"ascii", NULL, NULL, "no characters beyond ASCII", true, NULL},
    {"no-color", NULL, NULL, "no colours (NO_COLOR does the same)", true, NULL},
    {"quiet", "q", NULL, "no warnings and no progress", true, NULL},
    {"batch", NULL, NULL,
     "FILE holds many two-player games, one a line or in CSV columns a11,a12,...,b11,...: all equilibria of "
     "each, "
     "a line a game, as text, csv or json",
     true, "solve"},
    {"size", NULL, "MxN", "with --batch: all games have M rows and N columns", true, "solve"},
    {"pairs", NULL, NULL,
     "with --batch: payoffs stand in pairs a11 b11 a12 b12 ..., not all of player 1's first", true, "solve"},
    {"probabilities", NULL, NULL, "with --batch: exact probabilities, not only who is played", true, "solve"},
    {"kernel", NULL, "NAME", "with --batch: avx512, avx2, plain or exact, not the widest there is", true,
     "solve"},
    {"help", "h", NULL, "show this", false, NULL},
};

bool cli_option_fits(const cli_option *option, const cli_verb *verb)
{
    return (verb->asks || !option->jobs) && (!option->verb || strcmp(option->verb, verb->name) == 0);
}

const cli_option *cli_option_at(int i)
{
    return i >= 0 && (size_t)i < sizeof common / sizeof *common ? common + i : NULL;
}

static bool complain(const cli_verb *verb, const char *what, const char *found, const char *expected)
{
    fprintf(stderr, "detente: %s \"%s\"; expected %s\n", what, found, expected);
    fprintf(stderr, "Try: detente help %s\n", verb->name);
    return false;
}

static bool unknown(const cli_verb *verb, const char *name)
{
    const char *known[CLI_MOST];
    int count = 0;
    for (int i = 0; cli_option_at(i) && count < CLI_MOST; i++)
        if (cli_option_fits(&common[i], verb))
            known[count++] = common[i].name;
    const char *option;
    for (int i = 0;
         verb->asks && count < CLI_MOST && dtn_analysis_option(verb->name, i, &option, NULL, NULL, NULL); i++)
        known[count++] = option;
    const char *near = dtn_suggest_of(name, known, count);
    fprintf(stderr, "detente: %s has no option --%s", verb->name, name);
    fprintf(stderr, near ? "; did you mean --%s?\n" : "\n", near);
    fprintf(stderr, "Try: detente help %s\n", verb->name);
    return false;
}

static bool whole(const char *text, unsigned long long lo, unsigned long long hi, unsigned long long *out)
{
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return !errno && end != text && !*end && text[0] != '-' && *out >= lo && *out <= hi;
}

static bool bytes(const char *text, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    int shift = *end == 'K' || *end == 'k'   ? 10
                : *end == 'M' || *end == 'm' ? 20
                : *end == 'G' || *end == 'g' ? 30
                                             : 0;
    end += shift ? 1 : 0;
    if (errno || end == text || *end || text[0] == '-' || n == 0 || n > SIZE_MAX >> shift)
        return false;
    *out = (size_t)n << shift;
    return true;
}

static bool keep(cli_args *a, cli_pair *list, int *count, const char *name, const char *value)
{
    if (*count == CLI_MOST)
        return complain(a->verb, "too many options at", name, "at most 128 of a kind");
    list[(*count)++] = (cli_pair){name, value};
    return true;
}

/* A common option with its value ("" for a flag). */
static bool take(cli_args *a, const char *name, char *value)
{
    unsigned long long n;
    if (strcmp(name, "format") == 0)
        a->format = value;
    else if (strcmp(name, "json") == 0)
        a->format = "json";
    else if (strcmp(name, "output") == 0)
        a->output = value;
    else if (strcmp(name, "stats") == 0)
        a->stats = true;
    else if (strcmp(name, "ascii") == 0)
        a->ascii = true;
    else if (strcmp(name, "no-color") == 0)
        a->no_colour = true;
    else if (strcmp(name, "quiet") == 0)
        a->quiet = true;
    else if (strcmp(name, "help") == 0)
        a->help = true;
    else if (strcmp(name, "set") == 0) {
        char *equals = strchr(value, '=');
        if (!equals || equals == value || !equals[1])
            return complain(a->verb, "--set: found", value, "NAME=VALUE, as in --set a=1/3");
        *equals = '\0';
        return keep(a, a->set, &a->sets, value, equals + 1);
    } else if (strcmp(name, "time-limit") == 0) {
        char *end;
        a->time_limit = strtod(value, &end);
        if (end == value || *end || !(a->time_limit > 0) || a->time_limit > 1e9)
            return complain(a->verb, "--time-limit: found", value, "a number of seconds above 0");
    } else if (strcmp(name, "memory-limit") == 0) {
        if (!bytes(value, &a->memory_limit))
            return complain(a->verb, "--memory-limit: found", value, "a size such as 500M or 4G");
    } else if (strcmp(name, "threads") == 0) {
        if (!whole(value, 1, 1024, &n))
            return complain(a->verb, "--threads: found", value, "a whole number from 1 to 1024");
        a->threads = (int)n;
    } else if (strcmp(name, "seed") == 0) {
        if (!whole(value, 0, UINT64_MAX, &n))
            return complain(a->verb, "--seed: found", value, "a whole number");
        a->seed = n;
    } else {
        return keep(a, a->own, &a->owns, name, value ? value : "");
    }
    return true;
}

/* Is name an option of this verb, and does it take a value? own: it belongs to the analysis. */
static bool look_up(const cli_verb *verb, const char *name, bool *valued, bool *own)
{
    for (int i = 0; cli_option_at(i); i++)
        if (strcmp(common[i].name, name) == 0 && cli_option_fits(&common[i], verb)) {
            *valued = common[i].arg != NULL;
            *own = false;
            return true;
        }
    const char *option, *arg;
    for (int i = 0; verb->asks && dtn_analysis_option(verb->name, i, &option, &arg, NULL, NULL); i++)
        if (strcmp(option, name) == 0) {
            *valued = arg != NULL;
            *own = true;
            return true;
        }
    return false;
}

/* "-o" as "output"; NULL: no such letter. */
static const char *letter(char c)
{
    for (int i = 0; cli_option_at(i); i++)
        if (common[i].letter && common[i].letter[0] == c)
            return common[i].name;
    return NULL;
}

/* The command line as one would type it again: words with other than plain characters in single quotes. */
static void remember(cli_args *a, int argc, char **argv)
{
    size_t used = (size_t)snprintf(a->command, sizeof a->command, "detente %s", a->verb->name);
    for (int i = 0; i < argc; i++) {
        size_t need = strlen(argv[i]) * 4 + 4;
        if (used + need >= sizeof a->command)
            break;
        bool plain = argv[i][0] && strspn(argv[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                   "0123456789-_./=,:+@%") == strlen(argv[i]);
        a->command[used++] = ' ';
        if (!plain)
            a->command[used++] = '\'';
        for (const char *c = argv[i]; *c; c++) {
            if (*c == '\'') {
                memcpy(a->command + used, "'\\''", 4);
                used += 4;
            } else {
                a->command[used++] = *c;
            }
        }
        if (!plain)
            a->command[used++] = '\'';
    }
    a->command[used] = '\0';
}

/* One option at argv[*i]; moves *i past a value that stands in a word of its own. */
static bool option(cli_args *a, int argc, char **argv, int *i)
{
    char *word = argv[*i], *value = NULL, *name;
    if (word[1] == '-') {
        name = word + 2;
        value = strchr(name, '=');
        if (value)
            *value++ = '\0';
    } else {
        name = (char *)letter(word[1]);
        if (!name)
            return unknown(a->verb, word + 1);
        value = word[2] ? word + 2 : NULL;
    }
    bool valued, own;
    if (!look_up(a->verb, name, &valued, &own))
        return unknown(a->verb, name);
    if (!valued && value)
        return complain(a->verb, "an option that takes no value has", value, "none");
    if (valued && !value) {
        if (*i + 1 >= argc)
            return complain(a->verb, "nothing follows", word, "a value");
        value = argv[++*i];
    }
    char nothing[] = "";
    if (!value)
        value = nothing; /* a flag: nobody keeps it */
    return own ? keep(a, a->option, &a->options, name, valued ? value : "") : take(a, name, value);
}

bool cli_parse(cli_args *a, const cli_verb *verb, int argc, char **argv)
{
    *a = (cli_args){.verb = verb, .threads = 1, .seed = 1};
    remember(a, argc, argv);
    bool only_operands = false;
    for (int i = 0; i < argc; i++) {
        if (!only_operands && strcmp(argv[i], "--") == 0) {
            only_operands = true;
        } else if (!only_operands && argv[i][0] == '-' && argv[i][1]) {
            if (!option(a, argc, argv, &i))
                return false;
        } else if (a->operands == verb->most) {
            return complain(verb, "found one operand too many,", argv[i],
                            verb->most ? verb->operands : "none");
        } else {
            a->operand[a->operands++] = argv[i];
        }
    }
    if (!a->help && a->operands < verb->least) {
        fprintf(stderr, "detente: %s needs %s\nTry: detente %s\n", verb->name, verb->operands, verb->example);
        return false;
    }
    return true;
}
