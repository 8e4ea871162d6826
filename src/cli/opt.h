/* The command line read into options; help, man pages and completions from the same tables. */
#ifndef DTN_CLI_OPT_H
#define DTN_CLI_OPT_H

#include "detente/base.h"
#include "detente/job.h"

/* A verb: what it is called, what it takes, what runs it. Its options are the analysis's of the same name, if there is one. */
typedef struct cli_args cli_args;
typedef struct cli_verb {
    const char *name, *operands; /* "FILE", "CODE", "[FILE]" */
    int least, most;             /* operands */
    bool asks;                   /* an analysis: takes its options and the common ones of jobs */
    const char *about;           /* one line; NULL: the analysis's own */
    const char *example;         /* what to type, without "detente " */
    int (*run)(dtn_ctx *ctx, const cli_args *args);
} cli_verb;

const cli_verb *cli_verb_at(int i); /* NULL past the end */
const cli_verb *cli_verb_find(const char *name);
const char *cli_verb_about(const cli_verb *verb);

typedef struct cli_pair {
    const char *name, *value;
} cli_pair;

enum { CLI_MOST = 128 }; /* options of one kind on one command line */

struct cli_args {
    const cli_verb *verb;
    const char *operand[2];
    int operands;
    const char *format, *output; /* NULL: not given */
    bool stats, ascii, quiet, no_colour, help;
    double time_limit;   /* seconds; 0: none */
    size_t memory_limit; /* bytes; 0: none */
    int threads;
    uint64_t seed;
    cli_pair set[CLI_MOST], option[CLI_MOST], own[CLI_MOST]; /* own: rows of the table with this verb's name */
    int sets, options, owns;
    char command[4096]; /* the command line as typed, quoted for a shell */
};

/* A row of the common options. */
typedef struct cli_option {
    const char *name, *letter, *arg, *help;
    bool jobs;        /* only for verbs that ask */
    const char *verb; /* only for this verb; NULL: for all */
} cli_option;
const cli_option *cli_option_at(int i); /* NULL past the end */
bool cli_option_fits(const cli_option *option, const cli_verb *verb);

/* Reads argv after the verb. false: the complaint was printed on stderr. */
bool cli_parse(cli_args *out, const cli_verb *verb, int argc, char **argv);

/* Prints the help of one verb, or of the program (verb NULL). */
void cli_help(const cli_verb *verb);
/* The methods of solve, a line each. */
void cli_help_methods(void);
/* One method: what it finds, its options, its source. false: there is none of that name. */
bool cli_help_method(const char *name);
int cli_man(void);
int cli_completion(const char *shell);

#endif
