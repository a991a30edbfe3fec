/* SPDX-License-Identifier: MIT */
/* The CPU models by name.  The table: models.def. */
#include "frontends/arm/cp15.h"

#define F(feature) (1ull << ARM_##feature)
#define MODEL(...) { __VA_ARGS__ },

static const ArmModel models[] = {
#include "frontends/arm/models.def"
};

const ArmModel *arm_model(unsigned n)
{
    return n < ARRAY_SIZE(models) ? &models[n] : NULL;
}

const ArmModel *arm_model_find(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(models); i++) {
        const ArmModel *m = &models[i];
        if (!g_ascii_strcasecmp(m->name, name) ||
            (m->alias && !g_ascii_strcasecmp(m->alias, name))) {
            return m;
        }
    }
    return NULL;
}

void arm_set_model(ArmCpu *s, const ArmModel *model)
{
    s->model = model;
    s->cpu.model = model;
    s->features = model->features;
    arm_cp15_init(s);
    arm_timer_init(s);
}
