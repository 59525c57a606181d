// SPDX-License-Identifier: GPL-3.0-or-later
// The precompiled header of all tests needs a target that it belongs to.
