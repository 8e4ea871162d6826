/* The four variants of a concept for unknown preferences, one record each. */
#ifndef DTN_STABILITY_UNKNOWN_H
#define DTN_STABILITY_UNKNOWN_H

#include "stability/concept.h"

#define DTN_UNKNOWN_A                                                                                    \
    "the player would also move where it does not know whether that is better, and is deterred only by " \
    "what "                                                                                              \
    "is no better for sure"
#define DTN_UNKNOWN_B \
    "the player moves to better states only, and is deterred only by what is no better for sure"
#define DTN_UNKNOWN_C                                                                                    \
    "the player would also move where it does not know whether that is better, and is deterred also by " \
    "what "                                                                                              \
    "it does not know to be better"
#define DTN_UNKNOWN_D \
    "the player moves to better states only, and is deterred also by what it does not know to be better"

/* id: r, gmr ...; upper: "R"; flags: designated initialisers of what the sanctions are. */
#define DTN_UNKNOWN_VARIANT(id, upper, letter, place, words, about_variant, ...) \
    extern const dtn_concept dtn_concept_##id##_##letter;                        \
    const dtn_concept dtn_concept_##id##_##letter = {                            \
        .name = upper "-" #letter,                                               \
        .title = words " under unknown preferences, variant " #letter,           \
        .about = "as " upper ", where preferences are unknown: " about_variant,  \
        .source = "Li, Hipel, Kilgour & Fang 2004",                              \
        .family = DTN_FAMILY_UNKNOWN,                                            \
        .rule = &dtn_rule_unknown[place],                                        \
        .most_states = 1024,                                                     \
        __VA_ARGS__};

#define DTN_UNKNOWN_CONCEPT(id, upper, words, ...)                          \
    DTN_UNKNOWN_VARIANT(id, upper, a, 0, words, DTN_UNKNOWN_A, __VA_ARGS__) \
    DTN_UNKNOWN_VARIANT(id, upper, b, 1, words, DTN_UNKNOWN_B, __VA_ARGS__) \
    DTN_UNKNOWN_VARIANT(id, upper, c, 2, words, DTN_UNKNOWN_C, __VA_ARGS__) \
    DTN_UNKNOWN_VARIANT(id, upper, d, 3, words, DTN_UNKNOWN_D, __VA_ARGS__)

#endif
