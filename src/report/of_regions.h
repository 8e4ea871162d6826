/* Shared by the words and the picture of a map of regions. */
#ifndef DTN_REPORT_OF_REGIONS_H
#define DTN_REPORT_OF_REGIONS_H

#include "analyse/regions.h"
#include "report/doc.h"
#include "report/picture.h"

/* What a small square of a raster shows: the number of a region, or */
enum { DTN_RASTER_BORDER = -1, DTN_RASTER_UNKNOWN = -2, DTN_RASTER_OUTSIDE = -3 };

/* The map as columns x rows squares, row 0 at the bottom: what stands at their middles, or BORDER where thin is true and one passes. */
void dtn_regions_raster(int *out, int columns, int rows, const dtn_region_map *map, bool thin);

/* The map with its regions in colours, their names, the borders and the job's point. name: [map.regions]. */
dtn_status dtn_draw_regions(dtn_ctx *ctx, dtn_arena *arena, dtn_picture **out, const dtn_regions_answer *a,
                            const char *const *name);
/* The map in letters, one a region; @ is the job's point. NULL: out of memory. */
const char *dtn_regions_text_map(dtn_doc *doc, const dtn_regions_answer *a);
/* The letter of a region there. */
char dtn_regions_letter(const dtn_regions_answer *a, int region);

#endif
