/* Looking into the YAML tree: values by key, and places within texts. */
#include <string.h>

#include "format/yaml.h"

const dtn_yaml *dtn_yaml_get(const dtn_yaml *map, const char *key)
{
    for (int i = 0; map->kind == DTN_YAML_MAP && i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

bool dtn_yaml_is_null(const dtn_yaml *y)
{
    return y->kind == DTN_YAML_TEXT && y->plain &&
           (y->length == 0 || strcmp(y->text, "~") == 0 || strcmp(y->text, "null") == 0);
}

static bool white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the escape at p within double quotes. */
static size_t escape_length(const char *p)
{
    return p[1] == 'x' ? 4 : p[1] == 'u' ? 6 : p[1] == 'U' ? 10 : 2;
}

dtn_place dtn_yaml_place_in(const dtn_yaml *y, const dtn_bytes *b, int offset, int length)
{
    dtn_place place = y->place;
    if (y->block || y->start >= b->length)
        return place;
    const char *s = b->text + y->start, *end = b->text + y->end;
    char quote = y->plain ? '\0' : *s;
    if (quote) {
        s++;
        place.column++;
    }
    /* Walk text and source together: a folded line end is one space of the text, an escape one character. */
    for (const char *t = y->text; t < y->text + offset && *t && s < end;) {
        size_t step = 1;
        int line = place.line;
        if (white(*s)) {
            const char *stop = s;
            bool folded = false;
            while (stop < end && white(*stop))
                folded = *stop++ == '\n' || folded;
            if (folded) {
                for (; s < stop; s++) {
                    place.column++;
                    if (*s == '\n') {
                        place.line++;
                        place.column = 1;
                    }
                }
                while (t < y->text + offset && white(*t))
                    t++;
                continue;
            }
        } else if (quote == '"' && *s == '\\') {
            step = escape_length(s);
        } else if (quote == '\'' && *s == '\'') {
            step = 2;
        }
        if (step > 1) {
            s += step;
            place.column += (int)step;
            do
                t++;
            while (((unsigned char)*t & 0xc0) == 0x80);
            continue;
        }
        if (place.line == line)
            place.column += ((unsigned char)*s & 0xc0) != 0x80;
        s++;
        t++;
    }
    int characters = 0;
    for (int i = 0; i < length && y->text[offset + i]; i++)
        characters += ((unsigned char)y->text[offset + i] & 0xc0) != 0x80;
    place.length = characters ? characters : 1;
    return place;
}
