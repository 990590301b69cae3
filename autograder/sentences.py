"""The sentences that students read, by code; `feedback.py` fills them in.

A field `{name}` takes the finding's data; a part between `[` and `]` is left out when one of
its fields isn't there. "Next:" starts what to do. No sentence holds a key, and none says more
than `hints` may; what only `full` may say stands in `STRUCTURE`.
"""

from collections.abc import Mapping

READING: Mapping[str, str] = {
    "empty": "There is nothing here. Next: type an answer.",
    "unknown_symbol": "{symbol} is not a symbol of this question[; it has only {declared}]."
    "[ Did you mean {nearest}?] Next: use the question's symbols only.",
    "wrong_case": "{symbol} is not a symbol of this question; capitals count here."
    " Next: write {declared}.",
    "syntax": "The answer stops making sense[ at {found}][; {expected} should stand there]."
    " Next: look just before this place.",
    "unexpected": '"{found}" does not fit here[; {expected} should stand here].'
    " Next: look at what stands just before it.",
    "stray_quote": "A quotation mark does not fit here. Next: write the answer between one pair of"
    " quotes, with nothing beside it.",
    "stray_line": 'The sign "_" does not fit here. Next: delete what is left of the blank ____.',
    "missing_operator": "A sign is missing before {found}."
    " Next: write the product or the power out, such as 2 x or x^2.",
    "left_side": "What stands left of the = can't be read. Next: give only the right-hand side.",
    "no_argument": "{function} stands here without an argument."
    " Next: put what it is of in brackets behind it.",
    "ambiguous": "It can't be told what {function} is of. Next: put its argument in brackets.",
    "comma_unclear": 'The comma here may mean "and" or "or". Next: write the word, and put brackets'
    " around what belongs together.",
    "no_index": "The sum has no index. Next: write it with one, such as sum_i.",
    "number_too_large": "This number is too large. Next: write it as a power.",
    "too_large": "The numbers in this answer are too large to be compared."
    " Next: write the answer in another way.",
    "ragged_matrix": "The rows of this matrix have different lengths."
    " Next: give each row the same number of entries.",
    "unknown_command": "{command} is not known here. Next: write the same thing without it.",
    "dots": "It is not clear how the dots go on. Next: write the sum with an index, such as sum_i.",
    "empty_list": "The list is empty. Next: fill in its entries.",
    "not_an_equation": "This is no einsum equation. Next: give the letters of each operand,"
    " separated by commas, then -> and the letters of the result.",
    "second_arrow": "There is a second arrow here. Next: keep one, with the letters of the operands"
    " before it and those of the result behind it.",
    "not_a_call": "This call of einsum can't be read. Next: check its quotes, commas and brackets,"
    " or give the equation alone.",
    "wrong_arguments": "{function} takes {asked} arguments, each a symbol of the question."
    " Next: write it as the question does.",
    "arrow_incomplete": "The arrow is not complete. Next: write it as ->.",
    "bad_subscript": '"{found}" can\'t stand for an axis. Next: use one letter for each axis.',
    "operand_missing": "There is a comma without an operand. Next: give each operand its letters.",
    "unknown_operand": "The call passes other arrays than the question's[, which are {asked}]."
    " Next: pass those, or give the equation alone.",
    "unbalanced": '"{bracket}" has no partner. Next: count the brackets.',
    "gap": "Something is missing before this sign. Next: fill it in, or delete the sign.",
    "breaks_off": "The answer ends too early: something is missing at the end."
    " Next: finish it, or delete the last sign.",
    "not_closed": '"{bracket}" is opened here and never closed. Next: close it.',
    "words": '"{word}" is not part of a formula. Next: leave only the answer itself.',
    "redefined": "{symbol} has a meaning in this question already."
    " Next: leave out what is said of it, or use another letter.",
    "two_answers": "There is more than one answer here. Next: keep one.",
    "too_long": "The answer is too long to be read[; {most} characters are allowed]."
    " Next: shorten it.",
    "context_too_long": "The code around the answer is too long to be read[; {most} characters are"
    " allowed]. Next: take out what the answer does not need.",
    "too_deep": "The answer is nested too deeply to be read. Next: drop brackets you don't need.",
    "unsupported": "{what} can't be read here. Next: write the same thing without it.",
    "free_index": "{index} is not the index of any sum around it. Next: add the sum over {index},"
    " or remove the index.",
    "wrong_kind": "This is {found}[; the question asks for {expected}]."
    " Next: read in the question what form the answer has.",
    "bad_character": '"{char}" can\'t be read here. Next: type it in another way.',
    "unseen_character": "A character stands here that can't be seen[ ({point})]."
    " Next: delete what stands here, and type it again.",
    "no_order_inside": "An order of growth can't stand inside a formula."
    " Next: write one O( ) around the whole.",
    "not_an_option": '"{word}" is not one of the options[, which are {options}]. Next: pick from'
    " the options.",
    "stopped_reader": "This answer can't be read: it stops the program that reads it."
    " Next: write it in a simpler way.",
    "not_text": "The answer is not text. Next: put it between quotes.",
}

CODE: Mapping[str, str] = {
    "syntax_error": "Python can't read this code[ (line {line})][: {message}]."
    " Next: mend this line, then run the check again.",
    "no_definition": "There is no definition of {name}[, only of {found}]."
    " Next: keep the name that the question gives.",
    "other_blank": "This calls another method, where a blank is still to be filled."
    " Next: use what has a value on this line.",
    "blank_left": "A blank ____ is left[ in line {line}]. Next: fill it.",
    "unknown_name": "{name} is not defined where it is used[; there you can use {in_scope}]."
    " Next: see where {name} gets its value.",
    "unknown_outside": "{name} is not defined where it is used. Next: see where {name} gets its"
    " value; outside functions and classes, only imports and plain values count.",
    "import_fails": "{module} can't be imported where answers are graded[, so that {name} is not"
    " defined][ (line {line})]. Next: do without it.",
    "unknown_attribute": "The code uses an attribute that does not exist[: {message}]."
    " Next: compare its spelling with the place that sets it.",
    "timeout": "The code was stopped[ after {seconds} s]: it did not finish."
    " Next: look for a loop that never ends.",
    "exits": "The code ends the whole program[ ({how})] and returns nothing."
    " Next: return the result.",
    "raises": "The code stops with {error}[ in line {line}][: {message}]"
    "[. The inputs had the shapes {inputs}]. Next: write the shape of each array beside that line.",
    "raises_types": "The code stops with {error}[ in line {line}][: {message}]"
    "[. The inputs had the shapes {inputs}]. Next: check how many things each call is given, and"
    " of which type.",
    "returned_nothing": "The code returns nothing (None). Next: check that every path ends"
    " with return.",
    "wrong_type": "What comes back is not of the right type[ ({got})][; the question asks for"
    " {asked}]. Next: convert the result before you return it.",
    "no_gradient": "No gradient comes back through the code. Next: keep to torch's own functions,"
    " without detach, item or numpy.",
    "wrong_gradient": "The gradient of the result is not right."
    " Next: look for a step that is not differentiated.",
    "wrong_dtype": "The numbers have the type {got}[; the question asks for {asked}]."
    " Next: look at the types of what goes in.",
    "not_finite": "The result holds infinite or undefined numbers (inf or nan)."
    " Next: look for a division by zero, or exp of something large.",
    "arguments_changed": "The code changes its arguments[ ({argument})]."
    " Next: work on a copy, or make a new array.",
    "not_deterministic": "The code gives different results for the same input."
    " Next: remove what is random.",
    "no_usable_answer": "The code runs, but gives no result that can be looked at."
    " Next: return what the question asks for.",
    "too_much_output": "The code prints too much and was stopped. Next: remove the prints.",
    "too_much_memory": "The code was stopped: it needs more memory than is allowed."
    " Next: look for an array with an axis too many.",
    "blank_not_found": "The place of this answer is no longer in the file[; it was: {was}]."
    " Next: copy the lines around the blank from the original file.",
}

WRONG: Mapping[str, str] = {
    "wrong_shape": "The shape is {got}[; the question asks for {asked}]"
    "[. The inputs had the shapes {inputs}]. Next: write the shape of each step.",
    "other_shape": "What comes back does not have the right shape. Next: write the shape of each"
    " step.",
    "shape_mismatch": "These can't be multiplied: {left} and {right}[, in {product}]."
    " Next: write the shape under each factor.",
    "sum_mismatch": "These can't be added: {left} and {right}."
    " Next: write the shape under each term.",
    "divided_by": "This can't be divided by {right}."
    " Next: write the shapes above and below the line.",
    "power_of": "This can't be raised to a power: {left}. Next: write the shape under it.",
    "wrong_argument_shape": "{function} takes {right}[; here it gets {left}]."
    " Next: write the shape under what stands in its brackets.",
    "differs": "Not right[ for inputs of the shapes {inputs}]."
    " Next: work a small case out by hand.",
    "chain_contradicts": "The answer says several things, and they don't agree[; one of them is"
    " {claim}]. Next: keep the one that you mean.",
    "operands_swapped": "The operands stand in another order than in the question[, where it is"
    " {asked}]. Next: keep the question's order.",
    "not_positive": "Where all sizes are equal this is zero or negative, however large they are."
    " Next: look at the minus sign.",
    "about_a_sum": "This is about a sum. Next: state it for one value.",
    "about_equal_arguments": "This is only about equal arguments. Next: state it for any pair.",
    "several_quantities": "This is about several things. Next: state it for one.",
    "no_quantity": "This is about none of the question's symbols. Next: use them.",
    "wrong_length": "Entries in your list: {got}[; the question asks for {asked}]."
    " Next: count what the question lists.",
    "left_side_contradicts": "What stands left of the = is not what the question asks for."
    " Next: give only the right-hand side.",
    "einsum_operands": "The equation is for {got} operand(s)[; the call has {asked}]."
    " Next: give each operand its letters, separated by commas.",
    "einsum_axes": "Operand {operand} has {got} letters[ but {asked} axes]."
    " Next: give one letter to each axis.",
    "einsum_unknown_output_letter": "The letter {letter} stands after the arrow but not before it."
    " Next: take the output's letters from the operands.",
    "einsum_output_twice": "The letter {letter} stands twice after the arrow."
    " Next: name each axis of the result once.",
    "einsum_sizes": "The letters do not fit: one stands for axes of different lengths, or two stand"
    " for an axis that both operands have. Next: write the shape of each operand under its"
    " letters.",
}

# What a public example came to. All of it is public: what went in, came out and was asked for.
EXAMPLE: Mapping[str, str] = {
    "wrong_shape": "{tried}: the result has the shape {got}, asked for is {asked}."
    " Next: write the shape of each step beside it.",
    "differs": "{values}: returned {got}, asked for {asked}. Next: work this example out by hand.",
    "disagrees": "{values}: {call} is {got}, but your {other} gives {asked}."
    " Next: work both out by hand for these numbers.",
    "lengths_differ": "{values}: the two results have the shapes {got}, so they have no dot"
    " product. Next: see why their lengths differ.",
    "raises": "{tried}: {error}[: {message}]."
    " Next: write the shape of each array beside that line.",
    "unknown_name": "{tried}: {name} is not defined where it is used."
    " Next: see where {name} gets its value.",
    "unknown_outside": "{tried}: {name} is not defined where it is used. Next: see where {name}"
    " gets its value; outside functions and classes, only imports and plain values count.",
    "import_fails": "{tried}: {module} can't be imported here[, so that {name} is not defined]."
    " Next: do without it.",
    "unknown_attribute": "{tried}: {message}. Next: compare the name with the place that sets it.",
    "timeout": "{tried}: stopped[ after {seconds} s], it did not finish."
    " Next: look for a loop that never ends.",
    "exits": "{tried}: the code ends the whole program[ ({how})] and returns nothing."
    " Next: return the result.",
    "returned_nothing": "{tried}: nothing (None) is returned."
    " Next: check that every path ends with return.",
    "wrong_type": "{tried}: what is returned is of type {got}[, asked for is {asked}]."
    " Next: convert the result before you return it.",
    "not_finite": "{tried}: the result holds infinite or undefined numbers (inf or nan)."
    " Next: look for a division by zero, or exp of something large.",
    "arguments_changed": "{tried}: the code changes its arguments[ ({argument})]."
    " Next: work on a copy, or make a new array.",
}

# The same in a word or two, for the head of the line.
HEADS: Mapping[str, str] = {
    "wrong_shape": "WRONG SHAPE",
    "differs": "WRONG VALUE",
    "disagrees": "TWO ANSWERS DISAGREE",
    "lengths_differ": "WRONG SHAPE",
    "raises": "RAISES AN ERROR",
    "unknown_name": "RAISES AN ERROR",
    "unknown_attribute": "RAISES AN ERROR",
    "timeout": "TOO SLOW",
    "exits": "STOPS",
    "returned_nothing": "RETURNS NOTHING",
    "wrong_type": "WRONG TYPE",
    "not_finite": "NOT A NUMBER",
    "arguments_changed": "CHANGES ITS ARGUMENTS",
}

# Of examples that pass, that wait, or that can't be run.
TRIED: Mapping[str, str] = {
    "passed": "[{subject} ]runs; {passed} of {ran} examples pass[; it agrees with your {others}]"
    "[ ({only} only)]",
    "waits": "not run yet; {subject} waits for {missing}",
    "no_torch": "Code was read but not run: torch is not installed. {how}",
    "torch_old": "Code was read but not run: {reason}, the oldest that will do. {how}",
    "get_torch": "To get it: pip install --upgrade torch",
    # Without what graphics cards need, which is gigabytes.
    "get_torch_linux": "To get it:"
    " pip install --upgrade torch --index-url https://download.pytorch.org/whl/cpu",
    "get_torch_intel_mac": "Intel Macs end at torch 2.2, for Python 3.11 and 3.12. To get it:"
    ' pip install "torch==2.2.*" "numpy<2"',
    "notebook_without": "torch is not installed: cells that import it or use it stop with an"
    " error. That is no harm: your answers are read all the same, and graded with torch. {how}",
    "torch_fails": "Code was read but not run: torch can't be loaded ({reason})."
    " Next: install it again; pytorch.org says how.",
}

STRUCTURE: Mapping[str, str] = {
    "differs": "Its value is not the right one[, for example at {point}]"
    "[, for example for inputs of the shapes {inputs}].",
    "inverse": "Look again at what stands above and what below the line.",
    "too_strict": "It asks for more than is needed[, for example at {at}].",
    "too_loose": "It asks for too little[, for example at {at}].",
    "strictness": "Only an end is wrong[, at {at}]: look at whether it belongs to the set.",
    "reversed": "The direction is the wrong way round[, for example at {at}].",
    "other_set": "It holds where it should not, and not where it should[, for example at {at}].",
    "sign": "Only the sign is wrong.",
    "constant_factor": "Only a constant factor is wrong.",
    "constant_term": "Only a constant is too much or too little.",
    "missing_root": "It is the square of what it should be.",
    "extra_root": "It should be squared.",
    "only_positive": "It is right where everything is positive, and not elsewhere"
    "[, for example at {point}].",
    "one_slip": "It is one slip away[: look at a {slip}].",
    "entry_differs": "Entry {index} is not right[; {right} of {of} are].",
    "wrong_choice": "It is not the right choice.",
    "too_big": "It grows too fast[, for example where {witness} and t grows].",
    "too_small": "It grows too slowly[, for example where {witness} and t grows].",
    "incomparable": "It grows too fast in one direction and too slowly in another.",
    "not_tight": "It is a bound, but not a tight one.",
    "einsum_output_axes": "The result has other axes than the question asks for.",
    "einsum_order": "The result has its axes in another order than the question asks for.",
    "wrong_layer": "The layer does not have the size it needs there.",
}

OTHER: Mapping[str, str] = {
    "right": "Right.[ It has no value at {undefined_at}, though the question asks for one there.]",
    "redundant_terms": "Right.[ {terms} may be left out: the rest grows at least as fast.]",
    "wrong": "Not right. Next: check that the answer was read as you meant it.",
    "missing": "There is no answer to this question. Next: see that its cell is in the file.",
    "untouched": "The blank is not filled. Next: fill it.",
    "undecided": "The grader can't decide this answer. A person will.",
    "free_response": "A person will mark this answer.",
    "marked": "Marked by a person.",
    "grader_fault": "This answer could not be graded. That is not your fault: it will be graded"
    " again, and nothing is taken off.",
    "no_isolation": "This answer is not graded yet: its code has to run on another machine.",
    "not_opened": "The file could not be opened.",
    "unknown_question": "{question} is not a question of this assignment.",
}

NOTES: Mapping[str, str] = {
    "surroundings_changed": "the line around the blank was changed[ from {was}][ to {is}]; the"
    " answer was taken from what is left of it.",
    "class_changed": "{name} is not as it was handed out; without these lines: {lines}.",
    "answered_twice": "this was answered more than once; the answer in {where} counts.",
    "syntax_error": "Python can't read this code[ ({where})][: {message}]; it was left out."
    " Next: mend it if an answer needs it.",
    "merge_marks": "two versions were merged here[ ({where})] and both are still in the file; of an"
    " answer given twice the lower one counts. Next: keep one, and delete the lines with <<<<<<<,"
    " ======= and >>>>>>>.",
    "misnamed": "{file} was read as {form}, whatever its name says. Next: give it its own ending.",
    "files_differ": "{taken} and {other} give different answers; the one in {taken} counts.",
    "files_ignored": "nothing was answered in {files}.",
    "file_unreadable": "{file} could not be read[: {reason}].",
    "unknown_question": "{question} is not a question of this assignment and was not read.",
    "set_elsewhere": "{name} is set[ in {where}] where it is not read. Next: put it at the left"
    " margin, on lines of its own, as in the file that you were given.",
    "statements_dropped": "code outside functions and classes was not run[ ({where})].",
    "json_backslashes_recovered": "single backslashes were read as they were typed.",
    "not_utf8": "the file is not in UTF-8; some letters may be wrong.",
    "older_stub": "the file is of another version[: {found}, now {current}]; it was read by the"
    " questions' names.",
    "other_assignment": "the file says that it is for {found}[, not for {current}].",
    "two_submissions": "there is another submission[, {other}][, which could not be opened:"
    " {reason}]; the latest that can be read counts.",
    "not_in_metadata": "{folder} is not in the list of submissions.",
    "reader_failed": "the grader failed to read this submission.",
    "left_side_dropped": "what stands left of the = was left out.",
    "words_dropped": "words around the answer were left out.",
    "clause_dropped": "what was said after the answer was left out.",
}

# What an answer can be, for "This is {found}; the question asks for {expected}".
THINGS: Mapping[str, str] = {
    "expression": "a formula",
    "order": "an order of growth",
    "list": "a list",
    "sequence": "a list",
    "list of numbers": "a list of numbers",
    "matrix": "a matrix or a vector",
    "number": "a number",
    "relation": "a relation",
    "shape": "a list of sizes",
    "size": "a size",
}

# What a sentence says where the finding doesn't name the thing.
UNNAMED: Mapping[str, str] = {
    "symbol": "A name here",
    "declared": "the question's own symbol",
    "bracket": "this bracket",
    "word": "this word",
    "what": "Something here",
    "index": "an index",
    "found": "this",
    "expected": "another form",
    "char": "this character",
    "command": "A command here",
    "function": "A function",
    "name": "A name",
    "module": "a module",
    "error": "an error",
    "got": "not the right one",
    "left": "two parts",
    "right": "something of another shape",
    "letter": "of one axis",
    "operand": "of the call",
    "question": "One question",
    "file": "A file",
    "files": "the other files",
    "where": "the last place",
    "taken": "the newer file",
    "other": "the older file",
    "folder": "A folder",
    "lines": "some of the lines",
}
