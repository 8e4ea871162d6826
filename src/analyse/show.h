/* Result of `show`: a survey (analyse/survey.h). */
#ifndef DTN_ANALYSE_SHOW_H
#define DTN_ANALYSE_SHOW_H

#include "analyse/survey.h"

#endif
