// Proposals (core/proposals) that a CLIPSeg model makes. A source uses the method it was made with, which must outlive
// it, and belongs to that method's thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/proposals/proposals.h"
#include "core/session/clipseg_method.h"

namespace maskwright::session {

// What the NOTICE in the model's folder says of licences; told to a person.
Message licenceOf(const ModelInfo& model);

// What the model's own detector sees, whatever it takes it for. Objectness: the detector's score times how sure the
// mask is where it is inside. propose()'s errors: ClipSegMethod::sightings()'s.
std::unique_ptr<proposals::Source> detectorSource(ClipSegMethod& method, proposals::Limits limits = {});

// Whose detector proposes where `model`, opened as `method`, is named: its own where it has one, else the built-in
// model's.
std::string detectingModel(const ClipSegMethod& method, const std::string& model);

// Names under which most things can be asked for; the built-in models know them all.
std::vector<std::string> genericPhrases();
// The maps of `phrases`, cut at several heights into what hangs together. propose()'s errors: those of encode() and
// predict().
std::unique_ptr<proposals::Source> mapsSource(ClipSegMethod& method,
                                              std::vector<std::string> phrases = genericPhrases(),
                                              proposals::Limits limits = {});

}  // namespace maskwright::session
