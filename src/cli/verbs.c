/* The verbs, in the order in which help lists them. */
#include <string.h>

#include "cli/cli.h"

static const cli_verb verbs[] = {
    {"report", "FILE", 1, 1, true, NULL, "report crisis.yaml -o report.html", cli_report},
    {"solve", "FILE", 1, 1, true, NULL, "solve crisis.yaml --set a=1/2 --rung sequential", cli_solve},
    {"stability", "FILE", 1, 1, true, NULL, "stability crisis.yaml --variant P=hard", cli_ask},
    {"paths", "FILE", 1, 1, true, NULL, "paths crisis.yaml --to .DE..", cli_ask},
    {"inverse", "FILE", 1, 1, true, NULL, "inverse crisis.yaml --target .DE..", cli_ask},
    {"mediate", "FILE", 1, 1, true, NULL, "mediate crisis.yaml --target .DE.. --avoid M...C", cli_ask},
    {"robust", "FILE", 1, 1, true, NULL, "robust crisis.yaml --blur 2", cli_ask},
    {"hypergame", "FILE", 1, 1, true, NULL, "hypergame crisis.yaml --believes P:Q=soft", cli_ask},
    {"options", "FILE", 1, 1, true, NULL, "options crisis.yaml --concept SEQ", cli_ask},
    {"evolve", "FILE", 1, 1, true, NULL, "evolve crisis.yaml --stages 10", cli_ask},
    {"credibility", "FILE", 1, 1, true, NULL, "credibility crisis.yaml", cli_ask},
    {"bind", "FILE", 1, 1, true, NULL, "bind crisis.yaml --target deal --prob 1/2 --lever a", cli_ask},
    {"repeated", "FILE", 1, 1, true, NULL, "repeated crisis.yaml --discount 9/10", cli_ask},
    {"stochastic", "FILE", 1, 1, true, NULL, "stochastic crisis.yaml", cli_ask},
    {"rests", "FILE", 1, 1, true, NULL, "rests crisis.yaml", cli_ask},
    {"regions", "FILE", 1, 1, true, NULL, "regions crisis.yaml --x a --y pi", cli_ask},
    {"sweep", "FILE", 1, 1, true, NULL, "sweep crisis.yaml --points 9999 -o rows.csv", cli_ask},
    {"verify", "FILE", 1, 1, true, NULL, "verify game.nfg --profile 1/2,1/2,1/3,2/3", cli_ask},
    {"check", "FILE", 1, 1, true, NULL, "check crisis.yaml", cli_check},
    {"convert", "FILE", 1, 1, true, NULL, "convert crisis.yaml --set a=1/2 -o crisis.efg", cli_convert},
    {"show", "FILE", 1, 1, true, NULL, "show game.efg", cli_ask},
    {"draw", "FILE", 1, 1, true, NULL, "draw crisis.yaml --solve -o tree.svg", cli_ask},
    {"new", "[FILE]", 0, 1, false, "Write a commented scenario to start from.", "new crisis.yaml", cli_new_},
    {"examples", "[NAME]", 0, 1,
     false, "List the games and models from the literature that any verb opens as @name; with a name, print its file.",
     "examples selten-horse", cli_examples},
    {"explain", "[CODE]", 0, 1, false, "Explain an error or warning; without a code, list them all.",
     "explain DT012", cli_explain},
    {"schema", "", 0, 0, false, "Print the JSON Schema of models as JSON.", "schema > detente.schema.json",
     cli_schema},
    {"doctor", "", 0, 0, false, "Say what this build is and solve a game whose answer is known.", "doctor",
     cli_doctor},
    {"help", "[VERB|methods|METHOD]", 0, 1, false,
     "Show what a verb, or a method of solve, does and its options.", "help bind", cli_help_verb},
    {"completion", "SHELL", 1, 1, false, "Print completions for bash, zsh or fish.",
     "completion bash > /etc/bash_completion.d/detente", cli_completion_verb},
    {"man", "", 0, 0, false, "Print the manual page in roff.", "man > detente.1", cli_man_verb},
};

const cli_verb *cli_verb_at(int i)
{
    return i >= 0 && (size_t)i < sizeof verbs / sizeof *verbs ? verbs + i : NULL;
}

const cli_verb *cli_verb_find(const char *name)
{
    for (int i = 0; cli_verb_at(i); i++)
        if (strcmp(verbs[i].name, name) == 0)
            return verbs + i;
    return NULL;
}

const char *cli_verb_about(const cli_verb *verb)
{
    const char *about = verb->about ? verb->about : dtn_analysis_about(verb->name);
    return about ? about : "";
}
