// One file from the hub into a staging folder, verified: in parts that go on where the last one ended.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "core/base/result.h"
#include "core/store/hub.h"
#include "core/store/hub_client.h"
#include "core/store/staging.h"

namespace maskwright::store {

// Returns when the file is there under its name and has the size and hash that the hub told. What is there already is
// verified, not trusted; a part goes on by Range, with If-Range where the server gave its contents a strong ETag, and
// begins anew where the contents are others by now. `have` hears how much of the file is there, as it comes. A file
// that hashes to something else is fetched once more, then it is an error. Errors: weights for what comes, output for
// the disk, cancelled; in every case what is good stays for the next time.
Result<void> download(HubClient& hub, const Url& url, const HubFile& file, Staging& staging,
                      const std::function<void(std::uint64_t)>& have, const std::stop_token& stop);

}  // namespace maskwright::store
