/* Help, manual page and completions, all from the tables of verbs and options. */
#include <stdio.h>
#include <string.h>

#include "cli/opt.h"

/* One row: "  -o, --output FILE   what it does", the text from column 30 on, wrapped at 100. */
static void row(const char *left, const char *text)
{
    int column = printf("  %s", left);
    if (column > 28) {
        putchar('\n');
        column = 0;
    }
    printf("%*s", 30 - column, "");
    column = 30;
    for (const char *word = text; *word;) {
        int length = (int)strcspn(word, " ");
        if (column > 30 && column + length > 99) {
            printf("\n%30s", "");
            column = 30;
        }
        column += printf("%s%.*s", column > 30 ? " " : "", length, word);
        word += length;
        word += strspn(word, " ");
    }
    putchar('\n');
}

static void option_row(const char *letter, const char *name, const char *arg, const char *help,
                       const char *fallback)
{
    char left[96], text[512];
    snprintf(left, sizeof left, "%s%s%s--%s%s%s", letter ? "-" : "", letter ? letter : "",
             letter ? ", " : "    ", name, arg ? " " : "", arg ? arg : "");
    snprintf(text, sizeof text, fallback ? "%s (default %s)" : "%s", help, fallback);
    row(left, text);
}

static void verb_help(const cli_verb *verb)
{
    printf("detente %s %s%s\n\n%s\n\nExample: detente %s\n\nOptions\n", verb->name, verb->operands,
           verb->operands[0] ? " [options]" : "[options]", cli_verb_about(verb), verb->example);
    const char *name, *arg, *fallback, *help;
    for (int i = 0; verb->asks && dtn_analysis_option(verb->name, i, &name, &arg, &fallback, &help); i++)
        option_row(NULL, name, arg, help, fallback);
    const cli_option *o;
    for (int i = 0; (o = cli_option_at(i)); i++)
        if (cli_option_fits(o, verb))
            option_row(o->letter, o->name, o->arg, o->help, NULL);
    if (verb->asks)
        puts("\nFILE is a scenario (.yaml, .json) or a game (.nfg, .efg); - is standard input.");
    puts("\nExit: 0 fine, 1 an expectation failed, 2 bad input or usage, 3 a limit was hit (the partial "
         "result is\n"
         "printed and marked), 4 internal or system failure, 130 interrupted.");
}

void cli_help(const cli_verb *verb)
{
    if (verb) {
        verb_help(verb);
        return;
    }
    printf(
        "detente %s: the analysis of standoffs. What happens, what holds, is it credible, what would bind,\n"
        "what does it rest on: one text file in, exact answers with certificates out.\n\n"
        "  detente new crisis.yaml                      a commented scenario to start from\n"
        "  detente report crisis.yaml -o report.html    all five answers, in the terminal and on a page\n"
        "  detente solve crisis.yaml --set a=1/2        one question, at another point\n\n"
        "Verbs\n",
        dtn_version());
    const cli_verb *v;
    for (int i = 0; (v = cli_verb_at(i)); i++) {
        char left[64];
        snprintf(left, sizeof left, "%s %s", v->name, v->operands);
        row(left, cli_verb_about(v));
    }
    puts("\ndetente help VERB shows a verb's options, detente help methods how solve can work,\n"
         "detente help METHOD a method's options; detente --version, the version.");
}

void cli_help_methods(void)
{
    puts("Methods of detente solve (--method NAME); without the option one that fits the game is chosen, and "
         "named.\n");
    dtn_method m;
    for (int i = 0; dtn_method_at(i, &m); i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s. Finds %s, of %s%s%s%s.", m.title, m.finds, m.games,
                 *m.needs ? " with " : "", m.needs, m.exact ? "; exact" : "");
        row(m.name, text);
    }
    puts("\ndetente help METHOD shows a method's options and its source; detente show FILE, which apply to a "
         "file.");
}

bool cli_help_method(const char *name)
{
    dtn_method m;
    int i = 0;
    while (dtn_method_at(i, &m) && strcmp(m.name, name) != 0)
        i++;
    if (!dtn_method_at(i, &m))
        return false;
    printf("detente solve FILE --method %s [--option NAME=VALUE]...\n\n%s.\n\n", m.name, m.title);
    row("finds", m.finds);
    char games[128];
    snprintf(games, sizeof games, "%s%s%s", m.games, *m.needs ? " with " : "", m.needs);
    row("for", games);
    row("exact", m.exact ? "yes" : "no, numerically");
    row("source", m.source);
    const char *option, *arg, *fallback, *help;
    for (int k = 0; dtn_method_option(name, k, &option, &arg, &fallback, &help); k++) {
        char left[96], text[512];
        if (k == 0)
            puts("\nOptions (--option NAME=VALUE)");
        snprintf(left, sizeof left, "%s%s%s", option, arg ? "=" : "", arg ? arg : "");
        snprintf(text, sizeof text, fallback ? "%s (default %s)" : "%s", help, fallback);
        row(left, text);
    }
    return true;
}

/* Text for roff: backslashes, hyphens and leading dots made safe. */
static void roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++) {
        if (*text == '\\' || *text == '-')
            putchar('\\');
        putchar(*text);
    }
}

static void roff_option(const char *letter, const char *name, const char *arg, const char *help)
{
    printf(".TP\n.B ");
    if (letter)
        printf("\\-%s, ", letter);
    fputs("\\-\\-", stdout);
    roff(name);
    if (arg)
        printf(" \\fI%s\\fR", arg);
    putchar('\n');
    roff(help);
    putchar('\n');
}

int cli_man(void)
{
    printf(".TH DETENTE 1 \"\" \"detente %s\"\n.SH NAME\ndetente \\- the analysis of standoffs\n"
           ".SH SYNOPSIS\n.B detente\n.I VERB\n[\\fIFILE\\fR] [\\fIoptions\\fR]\n.SH VERBS\n",
           dtn_version());
    const cli_verb *v;
    const cli_option *o;
    for (int i = 0; (v = cli_verb_at(i)); i++) {
        printf(".SS %s %s\n", v->name, v->operands);
        roff(cli_verb_about(v));
        puts("\n.PP\nExample:\n.B detente");
        roff(v->example);
        putchar('\n');
        const char *name, *arg, *help;
        for (int k = 0; v->asks && dtn_analysis_option(v->name, k, &name, &arg, NULL, &help); k++)
            roff_option(NULL, name, arg, help);
        for (int k = 0; (o = cli_option_at(k)); k++)
            if (o->verb && cli_option_fits(o, v))
                roff_option(o->letter, o->name, o->arg, o->help);
    }
    puts(".SH OPTIONS OF EVERY QUESTION");
    for (int i = 0; (o = cli_option_at(i)); i++)
        if (!o->verb)
            roff_option(o->letter, o->name, o->arg, o->help);
    puts(".SH EXIT STATUS\n0 fine, 1 an expectation failed, 2 bad input or usage, 3 a limit was hit (the "
         "partial result is "
         "printed and marked), 4 internal or system failure, 130 interrupted.");
    return 0;
}

/* Every long option of a verb through one callback. */
static void each_option(const cli_verb *v, void (*tell)(const cli_verb *, const char *name, const char *help))
{
    const char *name, *help;
    for (int k = 0; v->asks && dtn_analysis_option(v->name, k, &name, NULL, NULL, &help); k++)
        tell(v, name, help);
    const cli_option *o;
    for (int i = 0; (o = cli_option_at(i)); i++)
        if (cli_option_fits(o, v))
            tell(v, o->name, o->help);
}

static void bash_word(const cli_verb *v, const char *name, const char *help)
{
    (void)v, (void)help;
    printf(" --%s", name);
}

static void quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    putchar('\'');
}

static void fish_line(const cli_verb *v, const char *name, const char *help)
{
    printf("complete -c detente -n '__fish_seen_subcommand_from %s' -l %s -d ", v->name, name);
    quoted(help);
    putchar('\n');
}

static void bash_cases(void)
{
    const cli_verb *v;
    puts("_detente() {\n    local verb=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]} words=");
    printf("    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words='");
    for (int i = 0; (v = cli_verb_at(i)); i++)
        printf("%s ", v->name);
    puts("'\n    else\n        case $verb in");
    for (int i = 0; (v = cli_verb_at(i)); i++) {
        printf("        %s) words='", v->name);
        each_option(v, bash_word);
        puts("' ;;");
    }
    puts("        esac\n    fi\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    [ \"$COMP_CWORD\" -gt 1 ] && [ \"${word#-}\" = \"$word\" ] && COMPREPLY+=($(compgen -f -- "
         "\"$word\"))\n}");
}

int cli_completion(const char *shell)
{
    const cli_verb *v;
    if (strcmp(shell, "bash") == 0) {
        bash_cases();
        puts("complete -o filenames -F _detente detente");
    } else if (strcmp(shell, "zsh") == 0) {
        puts("#compdef detente\nautoload -U +X bashcompinit && bashcompinit");
        bash_cases();
        puts("complete -o filenames -F _detente detente");
    } else if (strcmp(shell, "fish") == 0) {
        for (int i = 0; (v = cli_verb_at(i)); i++) {
            printf("complete -c detente -n __fish_use_subcommand -a %s -d ", v->name);
            quoted(cli_verb_about(v));
            putchar('\n');
            each_option(v, fish_line);
        }
    } else {
        fprintf(stderr, "detente: completion: found \"%s\"; expected bash, zsh or fish\n", shell);
        return 2;
    }
    return 0;
}
