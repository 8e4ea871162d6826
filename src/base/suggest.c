/* Nearest known word by the optimal string alignment distance.
 * Cost: length squared a word. Source: Damerau 1964; Wagner & Fischer 1974. */
#include "base/suggest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 63, FAR = 1000 };

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

static int low(char c)
{
    return tolower((unsigned char)c);
}

int dtn_word_distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST)
        return FAR;
    int row[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *now = row[i % 3], *last = row[(i - 1) % 3], *before = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int replace = last[j - 1] + (low(a[i - 1]) != low(b[j - 1]));
            now[j] = lesser(replace, lesser(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && low(a[i - 1]) == low(b[j - 2]) && low(a[i - 2]) == low(b[j - 1]))
                now[j] = lesser(now[j], before[j - 2] + 1);
        }
    }
    return row[n % 3][m];
}

const char *dtn_suggest(const char *word, dtn_word_fn *known, const void *user)
{
    int most = (int)(strlen(word) / 3);
    if (most < 1)
        most = 1;
    const char *best = NULL;
    int nearest = most + 1;
    const char *candidate;
    for (int i = 0; (candidate = known(user, i)); i++) {
        int distance = dtn_word_distance(word, candidate);
        if (distance < nearest) {
            nearest = distance;
            best = candidate;
        }
    }
    return best;
}

struct list {
    const char *const *word;
    int count;
};

static const char *of_list(const void *user, int i)
{
    const struct list *list = user;
    return i < list->count ? list->word[i] : NULL;
}

const char *dtn_suggest_of(const char *word, const char *const *known, int count)
{
    return dtn_suggest(word, of_list, &(struct list){known, count});
}
