#!/usr/bin/env python3
"""Begin a solver: its file, its test, its page and its line in the list (docs/howto/add-a-solver.md).

    tools/new_solver.py lemke-howson --model strategic --title "One Nash equilibrium of a two-player game" \\
        --source "C. Lemke and J. Howson, Equilibrium points of bimatrix games, J. SIAM 12 (1964)"

The files compile at once; the new test fails until the algorithm is there. Nothing that exists is overwritten.
"""
import argparse
import re
import sys
from pathlib import Path

SOLVER = '''\
/* @NAME@: @TITLE_LOWER@.
 *
 * Method: the idea in two or three sentences, in the source's terms.
 * Cost: time and memory in the sizes of the game.
 * Exact: why the answer is exact, or what bounds its error.
 * Source: @SOURCE@. */
#include "solve/solver.h"

static dtn_status run_@MODEL@(@PARAMETERS@)
{
    (void)@OUT@;
    (void)@GAME@;
    (void)options;
    return dtn_fail(ctx, DTN_UNSUPPORTED, "the algorithm of @NAME@ is yet to be written");
}

const dtn_solver dtn_solver_@STEM@ = {
    .name = "@NAME@",
    .title = "@TITLE@",
    .source = "@SOURCE@",
    .finds = DTN_FINDS_SOME,
    .exact = true,
    .run_@MODEL@ = run_@MODEL@,
};
'''
PARAMETERS = {
    "strategic": "dtn_ctx *ctx, dtn_profile_run *run, const dtn_strategic *game,\n"
                 "                                const dtn_solve_options *options",
    "tree": "dtn_ctx *ctx, dtn_equilibria **out, const dtn_tree *tree,\n"
            "                           const dtn_solve_options *options",
}
TEST = '''\
/* @NAME@ against published answers, and a brute-force oracle where there is one. */
#include "kit/games.h"

#include <string.h>

#include "solve/solver.h"

static void is_listed_with_its_source(void **state)
{
    (void)state;
    const dtn_solver *solver = dtn_solver_find("@NAME@");
    assert_non_null(solver);
    assert_non_null(solver->run_@MODEL@);
    assert_true(strlen(solver->source) > 10);
}

static void solves_the_prisoners_dilemma(void **state)
{
    dtn_ctx *ctx = *state;
    dtn_solve_options options = {.method = "@NAME@"};
@SOLVE@}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(is_listed_with_its_source),
        kit_test(solves_the_prisoners_dilemma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
'''
SOLVE = {
    "strategic": '''\
    dtn_strategic *game = kit_bimatrix(ctx, 2, 2, (int[]){3, 0, 5, 1}, (int[]){3, 5, 0, 1});
    dtn_profiles *found = NULL;
    assert_ok(ctx, dtn_solve_strategic(ctx, &found, game, &options));
    assert_int_equal(found->count, 1);
    assert_true(found->item->certified);
    assert_fmpq_eq_str(found->item->sigma + 1, "1");
    assert_fmpq_eq_str(found->item->sigma + 3, "1");
    dtn_profiles_free(found);
    dtn_strategic_free(game);
''',
    "tree": '''\
    /* One player, who had better take 1 than leave. */
    static const dtn_action actions[] = {{.name = "take", .target = -1}, {.name = "leave", .target = -1}};
    dtn_tree_builder *b;
    int player, node;
    dtn_node_spec spec = {.parent = -1, .outcome = -1, .draw = -1, .label = "", .move = ""};
    assert_ok(ctx, dtn_tree_builder_new(ctx, &b, "one choice"));
    assert_ok(ctx, dtn_tree_add_player(b, &player, "A", "A", 0, NULL));
    assert_ok(ctx, dtn_tree_add_infoset(b, &spec.infoset, player, -1, "choice", "", 2, actions));
    spec.kind = DTN_NODE_DECISION;
    assert_ok(ctx, dtn_tree_add_node(b, &spec.parent, &spec));
    spec.kind = DTN_NODE_TERMINAL;
    spec.infoset = -1;
    for (const fmpq payoff[] = {{1, 1}, {0, 1}}; spec.branch < 2; spec.branch++) {
        spec.payoff = payoff + spec.branch;
        assert_ok(ctx, dtn_tree_add_node(b, &node, &spec));
    }
    dtn_tree *tree;
    assert_ok(ctx, dtn_tree_finish(ctx, &tree, b));
    dtn_equilibria *found = NULL;
    assert_ok(ctx, dtn_solve_tree(ctx, &found, tree, &options));
    assert_int_equal(found->count, 1);
    assert_true(found->item->certified);
    assert_fmpq_eq_str(found->item->at.sigma, "1");
    dtn_equilibria_free(found);
    dtn_tree_free(tree);
''',
}
PAGE = '''\
# @NAME@

@TITLE@.

**Takes** a @KIND@. **Finds** some equilibria, exactly. **Command:** `detente solve FILE --method @NAME@`

## How it works
The idea for a reader who knows the field, in a paragraph.

## Cost and limits
How it grows, on which games it is slow, what it says when it gives up.

## Source
@SOURCE@.
'''


def fill(template, words):
    for _ in range(2):  # a value may hold a word itself
        for word, value in words.items():
            template = template.replace(f"@{word}@", value)
    return template


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="what users type, e.g. lemke-howson")
    parser.add_argument("--model", choices=sorted(PARAMETERS), required=True, help="what it takes")
    parser.add_argument("--title", required=True, help="what it finds, in one line")
    parser.add_argument("--source", required=True, help="where the method was published")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    asked = parser.parse_args()
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", asked.name):
        sys.exit(f"{asked.name}: a name is small letters and digits, words joined by -")
    stem = asked.name.replace("-", "_")
    strategic = asked.model == "strategic"
    words = {
        "NAME": asked.name, "STEM": stem, "MODEL": asked.model, "SOURCE": asked.source.rstrip("."),
        "TITLE": asked.title.rstrip("."), "TITLE_LOWER": asked.title[0].lower() + asked.title[1:].rstrip("."),
        "PARAMETERS": PARAMETERS[asked.model], "SOLVE": SOLVE[asked.model],
        "OUT": "run" if strategic else "out", "GAME": "game" if strategic else "tree",
        "KIND": "strategic game" if strategic else "game tree",
    }
    files = {
        f"src/solve/{stem}.c": SOLVER,
        f"tests/solve/test_{stem}.c": TEST,
        f"docs/solvers/{asked.name}.md": PAGE,
    }
    there = [name for name in files if (asked.root / name).exists()]
    if there:
        sys.exit(f"there already: {', '.join(there)}")
    for name, template in files.items():
        path = asked.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fill(template, words), encoding="utf-8")
        print(f"wrote {name}")
    with (asked.root / "src/solve/solvers.def").open("a", encoding="utf-8") as listing:
        listing.write(f"X(dtn_solver_{stem})\n")
    print("added a line to src/solve/solvers.def")
    print("Now: the algorithm and its record, published answers in the test, the page, one line in CHANGELOG.md.")


if __name__ == "__main__":
    main()
