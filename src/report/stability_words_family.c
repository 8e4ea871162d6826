/* What gaining and being deterred are called where preferences are more than rankings. */
#include <string.h>

#include "report/stability_words.h"

static char last_of(const dtn_concept *concept)
{
    return concept->name[strlen(concept->name) - 1];
}

dtn_family_words dtn_words_of_family(const dtn_concept *concept)
{
    bool bold, wary;
    switch (concept->family) {
    case DTN_FAMILY_UNKNOWN:
        bold = last_of(concept) == 'a' || last_of(concept) == 'c';
        wary = last_of(concept) == 'c' || last_of(concept) == 'd';
        return (dtn_family_words){.gain = bold ? "would move to what may be better" : "could improve",
                                  .wanted = bold ? "that is better for it or may be" : "that it prefers",
                                  .preferred = bold ? "which is better for it or may be" : "which it prefers",
                                  .deterring = wary ? "which is not known to be better for"
                                                    : "which is for sure no better for",
                                  .answering = "might gain from answering"};
    case DTN_FAMILY_STRENGTH:
        return (dtn_family_words){.gain = "could improve",
                                  .preferred = "which it prefers",
                                  .wanted = "that it prefers",
                                  .deterring = strstr(concept->name, "-strong") ? "which is much worse for"
                                                                                : "which is no better for",
                                  .answering = "would gain from answering"};
    case DTN_FAMILY_FUZZY:
        return (dtn_family_words){.gain = "could improve with enough certainty",
                                  .preferred = "which it prefers with enough certainty",
                                  .wanted = "that it prefers with enough certainty",
                                  .deterring = "which is not certain enough to be better for",
                                  .answering = "is certain enough to gain from answering"};
    case DTN_FAMILY_PROBABLE:
        return (dtn_family_words){.gain = "is likely enough to improve",
                                  .preferred = "which it is likely enough to prefer",
                                  .wanted = "that it is likely enough to prefer",
                                  .deterring = "which is not likely enough to be better for",
                                  .answering = "is likely enough to gain from answering"};
    case DTN_FAMILY_ATTITUDE:
        return (dtn_family_words){.gain = "could move as its attitudes favour",
                                  .preferred = "which its attitudes favour",
                                  .wanted = "that its attitudes favour",
                                  .deterring = "which serves no better the attitudes of",
                                  .answering = "would by its attitudes answer"};
    default:
        return (dtn_family_words){.gain = "could improve",
                                  .preferred = "which it prefers",
                                  .wanted = "that it prefers",
                                  .deterring = "which is no better for",
                                  .answering = "would gain from answering"};
    }
}
